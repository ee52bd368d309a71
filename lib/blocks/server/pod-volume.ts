import type { Construct } from 'constructs';
import { configmaps, type Volume, type VolumeMount } from '../../../crds-imports/core';
import { declare, type Labels } from '../../core';
import { toYaml } from '../../core/yaml';

/** A volume of a server's pod, and where its container has it. */
export interface PodVolume {
  readonly volume: Volume;
  readonly mount: VolumeMount;
  /** Declares the object that it comes from. @default - it is there, or something else declares it */
  readonly declare?: (scope: Construct, namespace: string | undefined, labels: Labels) => void;
}

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

/** A token of the program's ServiceAccount, for others than the API server. */
export interface ServiceAccountToken {
  /** Who is to accept it. */
  readonly audience: string;
  /** Folder in which it is. */
  readonly path: string;
  /** Name of the volume, and of the file. @default 'token' */
  readonly name?: string;
  /** Seconds for which it is valid, at least 600; it is renewed in time. @default 3600 */
  readonly expirationSeconds?: number;
}

/** The volumes that servers have. A path is absolute. */
export const PodVolume = {
  /** A file of its own; alone, so a change of it needs a new pod. */
  config({ configMap, file, content, path = `/${file}`, volume = configMap }: ConfigFile): PodVolume {
    return {
      volume: { name: volume, configMap: { name: configMap } },
      mount: { name: volume, mountPath: path, subPath: file, readOnly: true },
      declare: (scope, namespace, labels) =>
        declare(scope, configmaps, { metadata: { name: configMap, namespace, labels }, data: { [file]: toYaml(content) } }),
    };
  },

  /** The keys of a ConfigMap as files. @param name of the volume. @default - the ConfigMap's */
  configMap(configMap: string, path: string, name = configMap): PodVolume {
    return { volume: { name, configMap: { name: configMap } }, mount: { name, mountPath: path, readOnly: true } };
  },

  /** The keys of a Secret as files. @param name of the volume. @default - the Secret's */
  secret(secret: string, path: string, name = secret): PodVolume {
    return {
      volume: { name, secret: { secretName: secret, defaultMode: 420 } },
      mount: { name, mountPath: path, readOnly: true },
    };
  },

  /** An empty folder, gone with the pod. */
  scratch(path: string, name: string): PodVolume {
    return { volume: { name, emptyDir: {} }, mount: { name, mountPath: path } };
  },

  /** A claim. @param name of the volume. @default - the claim's */
  claim(claim: string, path: string, name = claim): PodVolume {
    return { volume: { name, persistentVolumeClaim: { claimName: claim } }, mount: { name, mountPath: path } };
  },

  /** A folder of the node, made where it is not there. */
  host(hostPath: string, path: string, name: string): PodVolume {
    return { volume: { name, hostPath: { path: hostPath, type: 'DirectoryOrCreate' } }, mount: { name, mountPath: path } };
  },

  /** A token by which others than the API server know the program. */
  token({ audience, path, name = 'token', expirationSeconds = 3600 }: ServiceAccountToken): PodVolume {
    const serviceAccountToken = { audience, expirationSeconds, path: name };
    return {
      volume: { name, projected: { sources: [{ serviceAccountToken }] } },
      mount: { name, mountPath: path, readOnly: true },
    };
  },
} as const;
