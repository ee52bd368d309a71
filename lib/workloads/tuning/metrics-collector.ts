import type { Container } from '../../../crds-imports/core';
import { given } from '../pod/given';

/** Which lines are metrics. */
export interface LineOptions {
  /**
   * Regular expressions in Go's syntax with two groups, the name and the value: `([\w-]+)=([0-9.]+)`.
   *
   * @default - `name = number`
   */
  readonly filter?: readonly string[];
}

/** A file with metrics. */
export interface FileOptions extends LineOptions {
  /** Absolute path. @default '/var/log/katib/metrics.log' */
  readonly path?: string;
  /** Lines of text, or of JSON objects with the metrics as members; JSON takes no filter. @default 'TEXT' */
  readonly format?: 'TEXT' | 'JSON';
}

/** What a collector of one's own shares with the trial. */
export interface CustomOptions extends LineOptions {
  /** Absolute path that both mount. @default - none */
  readonly path?: string;
  /** Whether the path is a file or a folder. @default 'File' */
  readonly pathKind?: 'File' | 'Directory';
}

/** Kinds of collectors. */
export type MetricsCollectorKind = 'StdOut' | 'File' | 'TensorFlowEvent' | 'PrometheusMetric' | 'Custom' | 'Push';

/** Where collected metrics come from. */
export interface MetricsSource {
  readonly fileSystemPath?: { readonly path?: string; readonly kind?: 'File' | 'Directory'; readonly format?: string };
  readonly httpGet?: { readonly path?: string; readonly port?: number };
  readonly filter?: { readonly metricsFormat: readonly string[] };
}

/** How the metrics of a trial are read. */
export class MetricsCollector {
  private constructor(
    readonly kind: MetricsCollectorKind,
    readonly source: MetricsSource = {},
    /** The container of a custom collector. */
    readonly container?: Container,
  ) {}

  /** From the trial's output. */
  static stdOut(options: LineOptions = {}): MetricsCollector {
    return new MetricsCollector('StdOut', lines(options));
  }

  /** From a file that the trial writes. */
  static file({ path, format, ...options }: FileOptions = {}): MetricsCollector {
    const fileSystemPath = path || format ? given({ path, kind: 'File' as const, format }) : undefined;
    return new MetricsCollector('File', given({ fileSystemPath, ...lines(options) }));
  }

  /** From TensorFlow's event files. @param directory absolute path; by default `/var/log/katib/tfevent/` */
  static tensorFlowEvent(directory?: string): MetricsCollector {
    return new MetricsCollector(
      'TensorFlowEvent',
      directory === undefined ? {} : { fileSystemPath: { path: directory, kind: 'Directory' } },
    );
  }

  /** From an endpoint of the trial. The release is not configured for it: the experiment's `katib` has to name it. */
  static prometheus(endpoint: { readonly path?: string; readonly port?: number } = {}): MetricsCollector {
    const httpGet = given(endpoint);
    return new MetricsCollector('PrometheusMetric', Object.keys(httpGet).length > 0 ? { httpGet } : {});
  }

  /** By a container of one's own, beside the trial's. */
  static custom(container: Container, { path, pathKind = 'File', ...options }: CustomOptions = {}): MetricsCollector {
    const fileSystemPath = path === undefined ? undefined : { path, kind: pathKind };
    return new MetricsCollector('Custom', given({ fileSystemPath, ...lines(options) }), container);
  }

  /** None: the trial reports its metrics itself, with Katib's SDK. */
  static push(): MetricsCollector {
    return new MetricsCollector('Push');
  }
}

function lines({ filter }: LineOptions): MetricsSource {
  return filter ? { filter: { metricsFormat: filter } } : {};
}

/** The collector as Katib takes it. */
export function metricsCollectorSpec({ kind, source, container }: MetricsCollector): object {
  return {
    collector: { kind, ...given({ customCollector: container }) },
    ...(Object.keys(source).length > 0 && { source }),
  };
}
