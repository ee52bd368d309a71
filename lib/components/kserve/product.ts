import { ENDPOINT, MESH, type Product, SERVING } from '../../contracts';
import { KINDS, KServe, type KServeProps } from './kserve';
import { type ExistingKServe, servingOffer } from './serving';

/** KServe, as a platform takes it. */
export const KSERVE: Product<KServeProps, ExistingKServe> = {
  id: 'kserve',
  needs: () => ({
    certManager: 'the certificates of its webhooks',
    kubeflowNamespace: 'the namespace kubeflow that it runs in',
  }),
  offer: (platform, props) => SERVING.offer(platform, servingOffer(props, MESH.near(platform), ENDPOINT.near(platform))),
  install: (platform, id, props) => new KServe(platform, id, props),
  defines: KINDS,
  existing: (scope, existing) => KServe.existing(scope, existing),
};
