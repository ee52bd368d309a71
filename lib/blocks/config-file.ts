import type { Construct } from 'constructs';
import { configmaps, type Volume, type VolumeMount } from '../../crds-imports/core';
import { declare } from '../core';
import { toYaml } from '../core/yaml';

/** A file that configures a program: a typed object, written as YAML into a ConfigMap. */
export interface ConfigFile {
  /** Name of the ConfigMap. */
  readonly configMap: string;
  /** Name of the file: the key of the ConfigMap, and the last part of the path. */
  readonly file: string;
  readonly content: object;
  /** Path of the file in the container. @default - the file name below `/` */
  readonly path?: string;
  /** Name of the volume. @default - the ConfigMap's */
  readonly volume?: string;
}

/** Declares the ConfigMap of a file. */
export function declareConfig(
  scope: Construct,
  { configMap, file, content }: ConfigFile,
  labels: Readonly<Record<string, string>>,
): void {
  declare(scope, configmaps, { metadata: { name: configMap, labels }, data: { [file]: toYaml(content) } });
}

/** A volume, and where a program has it. */
export interface FileMount {
  readonly volume: Volume;
  readonly mount: VolumeMount;
}

/** How a program gets at its file. The file alone is mounted, so a change needs a new pod. */
export function configMount({ configMap, file, path = `/${file}`, volume = configMap }: ConfigFile): FileMount {
  return {
    volume: { name: volume, configMap: { name: configMap } },
    mount: { name: volume, mountPath: path, subPath: file, readOnly: true },
  };
}
