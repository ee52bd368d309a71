/** What a part of a process took. */
export interface Lap {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds of all threads. */
  readonly cpu: number;
}

/** Splits the life of a process into parts that follow each other; the first one begins with the process. */
export class Laps {
  /** In the order in which the parts ended. */
  readonly parts: Record<string, Lap> = {};
  private last: Lap = { wall: 0, cpu: 0 };

  /** Ends a part. */
  end(part: string): void {
    const { user, system } = process.cpuUsage();
    const now = { wall: performance.now(), cpu: (user + system) / 1000 };
    this.parts[part] = { wall: now.wall - this.last.wall, cpu: now.cpu - this.last.cpu };
    this.last = now;
  }
}
