import type { Volume, VolumeMount } from '../../../crds-imports/core';
import { PodVolume } from '../../blocks/server/pod-volume';
import { TOKEN } from './names';

/** Name of the volume with the pod's own labels and annotations. */
interface ProxyVolumes {
  readonly labelsVolume: string;
  /** Whether the proxy's configuration is kept in memory alone. */
  readonly memory: boolean;
}

/** The folders in which every proxy expects its sockets, certificates, token and configuration. */
export function proxyVolumes({ labelsVolume, memory }: ProxyVolumes): PodVolume[] {
  return [
    PodVolume.scratch('/var/run/secrets/workload-spiffe-uds', 'workload-socket'),
    PodVolume.scratch('/var/run/secrets/credential-uds', 'credential-socket'),
    PodVolume.scratch('/var/run/secrets/workload-spiffe-credentials', 'workload-certs'),
    of({ name: 'istiod-ca-cert', configMap: { name: 'istio-ca-root-cert' } }, '/var/run/secrets/istio'),
    of(
      {
        name: labelsVolume,
        downwardAPI: {
          items: ['labels', 'annotations'].map((path) => ({ path, fieldRef: { fieldPath: `metadata.${path}` } })),
        },
      },
      '/etc/istio/pod',
    ),
    of({ name: 'istio-envoy', emptyDir: memory ? { medium: 'Memory' } : {} }, '/etc/istio/proxy'),
    PodVolume.scratch('/var/lib/istio/data', 'istio-data'),
    PodVolume.token(TOKEN),
  ];
}

/** A volume, and where the container has it. */
export function of(volume: Volume, mountPath: string, options: Pick<VolumeMount, 'readOnly'> = {}): PodVolume {
  return { volume, mount: { name: volume.name, mountPath, ...options } };
}
