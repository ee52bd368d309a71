import type { PyTorchJobElasticPolicy } from '../../../crds-imports/kubeflow.org';
import { given } from '../pod/given';

/** How an elastic job goes on when workers fail or come. */
export interface ElasticOptions {
  /** Restarts of the worker group until the job fails. @default - the launcher's */
  readonly maxRestarts?: number;
  /** Metrics by which the operator scales the workers. @default - it does not scale */
  readonly metrics?: PyTorchJobElasticPolicy['metrics'];
}

/** How the workers of an elastic PyTorchJob find each other; other frameworks have no rendezvous. */
export interface RendezvousOptions extends ElasticOptions {
  /** @default 'c10d' */
  readonly backend?: 'c10d' | 'etcd' | 'etcd-v2';
  /** Host of the rendezvous. @default - the first worker */
  readonly host?: string;
  /** Port of the rendezvous, 1 to 65535. @default - the job's */
  readonly port?: number;
  /** @default - the job's */
  readonly id?: string;
  /** Whether the processes of a worker meet among themselves, without a rendezvous between workers. @default false */
  readonly standalone?: boolean;
  /** Further settings of the backend. @default - none */
  readonly config?: Readonly<Record<string, string>>;
}

/** Between how many workers an elastic job runs. */
export class Elastic {
  private constructor(
    readonly min: number,
    readonly max: number,
    readonly options: RendezvousOptions,
  ) {
    for (const bound of [min, max]) {
      if (!Number.isInteger(bound) || bound < 1)
        throw new Error(`a number of elastic workers is ${bound}, must be a whole number of at least 1`);
    }
    if (max < min) throw new Error(`the most workers, ${max}, are fewer than the fewest, ${min}`);
  }

  /**
   * @param min fewest workers with which the job runs, at least 1
   * @param max most workers
   */
  static between(min: number, max: number, options: RendezvousOptions = {}): Elastic {
    return new Elastic(min, max, options);
  }
}

/** The elastic policy of a PyTorchJob. An empty rendezvous configuration is left out: the operator fails on it. */
export function elasticPolicy({ min, max, options }: Elastic): PyTorchJobElasticPolicy {
  const config = Object.entries(options.config ?? {}).map(([key, value]) => ({ key, value }));
  return {
    minReplicas: min,
    maxReplicas: max,
    ...given({
      maxRestarts: options.maxRestarts,
      metrics: options.metrics?.length ? options.metrics : undefined,
      rdzvBackend: options.backend,
      rdzvHost: options.host,
      rdzvPort: options.port,
      rdzvId: options.id,
      standalone: options.standalone,
      rdzvConf: config.length > 0 ? config : undefined,
    }),
  };
}
