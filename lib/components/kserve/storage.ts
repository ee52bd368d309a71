import type { ClusterStorageContainerSpec } from '../../../crds-imports/serving.kserve.io';
import { images } from '../../release/images';
import type { ResourceSettings, StorageInitializerConfiguration } from './configuration';

/** The program that loads a model before its server starts. */
export interface StorageInitializerOptions {
  /**
   * Another image for it.
   *
   * @default - the release's
   */
  readonly image?: string;

  /**
   * Its requests and limits; those that are left out keep their default.
   *
   * @default - requests of 100m CPU and 100Mi memory, limits of 1 CPU and 1Gi memory
   */
  readonly resources?: Partial<ResourceSettings>;

  /**
   * Certificates that it trusts.
   *
   * @default - those of the image
   */
  readonly caBundle?: CaBundle;

  /**
   * How models come from OCI images (`oci://…`), in a container beside the server. `false` refuses them.
   *
   * @default - 10m CPU, 15Mi memory, user 1010
   */
  readonly modelcar?: false | { readonly cpu?: string; readonly memory?: string; readonly uid?: number };
}

/** A ConfigMap with certificates; KServe copies it into the namespaces of the models. */
export interface CaBundle {
  /** Name of the ConfigMap, in KServe's own namespace. The certificates are in `cabundle.crt`. */
  readonly configMap: string;
  /** @default '/etc/ssl/custom-certs' */
  readonly mountPath?: string;
}

const RESOURCES: ResourceSettings = { memoryRequest: '100Mi', memoryLimit: '1Gi', cpuRequest: '100m', cpuLimit: '1' };

/** What the controllers are told of the storage initializer. */
export function storageInitializer(options: StorageInitializerOptions = {}): StorageInitializerConfiguration {
  const { image = `${images.kserve.storageInitializer}`, resources, caBundle, modelcar = {} } = options;
  const { cpu = '10m', memory = '15Mi', uid = 1010 } = modelcar || {};
  return {
    image,
    ...RESOURCES,
    ...resources,
    caBundleConfigMapName: caBundle?.configMap ?? '',
    caBundleVolumeMountPath: caBundle?.mountPath ?? '/etc/ssl/custom-certs',
    enableModelcar: modelcar !== false,
    cpuModelcar: cpu,
    memoryModelcar: memory,
    uidModelcar: uid,
  };
}

/** The storage container that loads from everywhere KServe knows, with the storage initializer's image and resources. */
export function defaultStorageContainer(initializer: StorageInitializerConfiguration): ClusterStorageContainerSpec {
  const { image, cpuRequest, memoryRequest, cpuLimit, memoryLimit } = initializer;
  return {
    container: {
      name: 'storage-initializer',
      image,
      imagePullPolicy: 'IfNotPresent',
      resources: { requests: { cpu: cpuRequest, memory: memoryRequest }, limits: { cpu: cpuLimit, memory: memoryLimit } },
    },
    supportedUriFormats: [
      ...['gs', 's3', 'hdfs', 'hf', 'webhdfs'].map((scheme) => ({ prefix: `${scheme}://` })),
      { regex: 'https://(.+?).blob.core.windows.net/(.+)' },
      { regex: 'https://(.+?).file.core.windows.net/(.+)' },
      { regex: 'https?://(.+)/(.+)' },
    ],
    supportsMultiModelDownload: true,
    workloadType: 'initContainer',
  };
}
