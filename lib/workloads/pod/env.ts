import type { EnvFromSource, EnvVar } from '../../../crds-imports/core';
import type { DeclaredObject } from './declared-object';
import { given } from './given';

/** The value of an environment variable that is not written down but found when the pod starts. */
export class EnvFrom {
  private constructor(
    /** @internal */
    readonly _source: NonNullable<EnvVar['valueFrom']>,
  ) {}

  /**
   * A key of a Secret.
   *
   * @param secret the Secret, or the name of one that the cluster has
   */
  static secret(secret: DeclaredObject | string, key: string): EnvFrom {
    return new EnvFrom({ secretKeyRef: { name: nameOf(secret), key } });
  }

  /**
   * A key of a ConfigMap.
   *
   * @param configMap the ConfigMap, or the name of one that the cluster has
   */
  static configMap(configMap: DeclaredObject | string, key: string): EnvFrom {
    return new EnvFrom({ configMapKeyRef: { name: nameOf(configMap), key } });
  }

  /**
   * A field of the pod.
   *
   * @param path for instance `metadata.name` or `status.podIP`
   */
  static field(path: string): EnvFrom {
    return new EnvFrom({ fieldRef: { fieldPath: path } });
  }
}

/** Options of a whole Secret or ConfigMap. */
export interface EnvSourceOptions {
  /** What the name of each variable begins with, before its key. @default - nothing */
  readonly prefix?: string;
  /** Whether the pod starts without it. @default false */
  readonly optional?: boolean;
}

/** A whole Secret or ConfigMap, each of whose keys is an environment variable. */
export class EnvSource {
  private constructor(
    /** @internal */
    readonly _source: EnvFromSource,
  ) {}

  /** @param secret the Secret, or the name of one that the cluster has */
  static secret(secret: DeclaredObject | string, { prefix, optional }: EnvSourceOptions = {}): EnvSource {
    return new EnvSource(given({ prefix, secretRef: given({ name: nameOf(secret), optional }) }));
  }

  /** @param configMap the ConfigMap, or the name of one that the cluster has */
  static configMap(configMap: DeclaredObject | string, { prefix, optional }: EnvSourceOptions = {}): EnvSource {
    return new EnvSource(given({ prefix, configMapRef: given({ name: nameOf(configMap), optional }) }));
  }
}

/** Environment variables by name. */
export type Env = Readonly<Record<string, string | EnvFrom>>;

/** Environment variables as Kubernetes takes them, in the order in which they are written. */
export function envVars(env: Env): EnvVar[] {
  return Object.entries(env).map(([name, value]) =>
    typeof value === 'string' ? { name, value } : { name, valueFrom: value._source },
  );
}

/** The name of an object that is at hand, or that was named. */
export function nameOf(reference: { readonly name: string } | string): string {
  return typeof reference === 'string' ? reference : reference.name;
}
