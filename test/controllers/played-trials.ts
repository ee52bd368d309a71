import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from '../e2e/kubectl';
import { reportMetric } from './metrics';

/** Plays what a trial's own program does: it reports a metric while it runs. After its end Katib would no longer look. */
export class PlayedTrials {
  private readonly reported = new Set<string>();
  private stopping = false;
  private life: Promise<void> = Promise.resolve();

  constructor(
    private readonly namespace: string,
    private readonly metric: string,
  ) {}

  start(kubectl: Kubectl): void {
    this.life = this.live(kubectl);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.life;
  }

  private async live(kubectl: Kubectl): Promise<void> {
    while (!this.stopping) {
      try {
        await this.report(kubectl);
      } catch {
        // The kind, the Service or its Pod is not there yet; the next second tries again.
      }
      await sleep(1000);
    }
  }

  private async report(kubectl: Kubectl): Promise<void> {
    const trials = await kubectl.get('trials.kubeflow.org', { namespace: this.namespace });
    for (const { metadata } of trials) {
      if (this.reported.has(metadata.name)) continue;
      const [service] = await kubectl.get('service', { name: 'katib-db-manager', namespace: 'kubeflow' });
      const { clusterIP } = service?.spec as { readonly clusterIP: string };
      await reportMetric(`${clusterIP}:6789`, metadata.name, this.metric, `0.${this.reported.size + 1}`);
      this.reported.add(metadata.name);
    }
  }
}
