import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from '../../../e2e/kubectl';

/** Does for a test what a controller does in a cluster, from its making until it is stopped. */
export abstract class Played {
  private playing = true;
  private readonly done: Promise<void>;

  /** @param pause between two looks at the cluster, in milliseconds */
  constructor(
    protected readonly kubectl: Kubectl,
    private readonly pause: number,
  ) {
    this.done = this.play();
  }

  async stop(): Promise<void> {
    this.playing = false;
    await this.done;
  }

  /** Looks at the cluster once, and does what there is to do. */
  protected abstract look(): Promise<void>;

  private async play(): Promise<void> {
    // The members of what extends this are there after the first pause.
    while (this.playing) {
      await sleep(this.pause);
      if (this.playing) await this.look();
    }
  }
}
