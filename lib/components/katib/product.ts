import { NAMESPACE_CALLERS, type Product, TUNING } from '../../contracts';
import { Katib, type KatibProps } from './katib';
import { tuningOffer } from './options';
import { KINDS } from './permissions';
import { SUGGESTION_CALLER } from './suggestions';
import type { KatibConfiguration } from './tuning';

const ID = 'katib';

/** Katib, as a platform takes it. */
export const KATIB: Product<KatibProps, KatibConfiguration> = {
  id: ID,
  needs: () => ({
    certManager: 'its webhook certificate (kubeflow/katib-webhook-cert)',
    kubeflowNamespace: 'the namespace kubeflow that it runs in',
  }),
  offer: (platform, props) => {
    TUNING.offer(platform, tuningOffer(`${platform.node.path}/${ID}`, props));
    NAMESPACE_CALLERS.offer(platform, SUGGESTION_CALLER);
  },
  install: (platform, id, props) => new Katib(platform, id, props),
  defines: KINDS,
  existing: (scope, existing) => Katib.existing(scope, existing),
};
