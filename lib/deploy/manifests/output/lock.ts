import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempted } from './attempted';
import { describeWriter, isAtWork, thisWriter, type Writer } from './writer';

/** A folder in the output folder that is there while somebody writes, and after a writer that was stopped. */
const WORK = '.synth';

/** What a writer has made ready, or what it is clearing away; nobody needs it. */
const LEFTOVER = `${WORK}-`;

const WRITER = 'writer.json';

/** How often others may be quicker before a writer gives up. */
const ATTEMPTS = 20;

/** Whether a folder holds anything of a writer, be it at work or not. */
export function isTouched(folder: string): boolean {
  return readdirSync(folder).some((name) => name === WORK || name.startsWith(LEFTOVER));
}

/**
 * The right to write into a folder, which one writer at a time has. A writer that was stopped is succeeded by the next one, which finds
 * in `work` whatever it left.
 *
 * Folders are moved into place with the name of the writer in them: unlike a file, a folder never replaces another one that way, and
 * none is ever seen without its writer.
 */
export class Lock {
  /** A folder for the writer's own use, on the same file system. */
  readonly work: string;

  private constructor(
    private readonly folder: string,
    /** The folder that says who the writer is. */
    private readonly claim: string,
  ) {
    this.work = join(folder, WORK);
  }

  /**
   * @param sentence what is said when the file system refuses it
   * @throws Error naming the writer that is at work in the folder
   */
  static take(folder: string, sentence: (reason: string) => string): Lock {
    const writer = thisWriter();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const earlier = lastClaim(join(folder, WORK));
      if (earlier?.writer && isAtWork(earlier.writer)) throw new Error(busy(folder, earlier.writer));
      const lock = attempted(() => Lock.attempt(folder, writer, earlier), sentence);
      if (!lock) continue;
      for (const name of readdirSync(folder)) if (name.startsWith(LEFTOVER)) removeAll(join(folder, name));
      return lock;
    }
    throw new Error(`${folder} is being written by several others at once; nothing was changed in it; try again`);
  }

  /** Undefined where somebody else was quicker. */
  private static attempt(folder: string, writer: Writer, earlier: Claim | undefined): Lock | undefined {
    const work = join(folder, WORK);
    const claim = earlier ? heirOf(work, earlier.writer) : work;
    const ready = mkdtempSync(join(folder, LEFTOVER));
    try {
      writeFileSync(join(ready, WRITER), JSON.stringify(writer));
      renameSync(ready, claim);
    } catch (error) {
      removeAll(ready);
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || existsSync(claim)) return undefined;
      throw error;
    }
    const lock = new Lock(folder, claim);
    if (lastClaim(work)?.writer?.id === writer.id) return lock;
    // The one to be succeeded is gone, and somebody else has begun.
    lock.clear(claim);
    return undefined;
  }

  /** Whether there was a writer before, who was stopped. */
  get isInherited(): boolean {
    return this.claim !== this.work;
  }

  /** Ends the work, of which nothing is left. */
  release(): void {
    this.clear(this.work);
  }

  /** Leaves the work as it is to the next writer. */
  abandon(): void {
    this.clear(this.isInherited ? this.claim : join(this.work, WRITER));
  }

  /** Out of the way at once, then away. What is left when that fails is a leftover, which the next writer removes. */
  private clear(path: string): void {
    const away = join(this.folder, `${LEFTOVER}${randomUUID()}`);
    try {
      renameSync(path, away);
    } catch {
      return;
    }
    removeAll(away);
  }
}

function removeAll(leftover: string): void {
  try {
    rmSync(leftover, { recursive: true, force: true });
  } catch {}
}

function busy(folder: string, writer: Writer): string {
  return `${folder} is being written by ${describeWriter(writer)}; nothing was changed in it; wait for it, or give another folder (if it is no longer there, delete ${join(folder, WORK)})`;
}

interface Claim {
  /** Undefined where it does not say. */
  readonly writer?: Writer;
}

/** Who works in a work folder, or did so last: the first writer, its heir, the heir of that one. */
function lastClaim(work: string): Claim | undefined {
  let writer = read(work);
  if (!writer && !existsSync(work)) return undefined;
  for (;;) {
    const heir = read(heirOf(work, writer));
    if (!heir) return { writer };
    writer = heir;
  }
}

function heirOf(work: string, writer: Writer | undefined): string {
  return join(work, `heir-of-${writer?.id ?? 'nobody'}`);
}

function read(claim: string): Writer | undefined {
  try {
    return JSON.parse(readFileSync(join(claim, WRITER), 'utf8')) as Writer;
  } catch {
    return undefined;
  }
}
