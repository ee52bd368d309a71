import { profiles } from '../../crds-imports/kubeflow.org';
import type { KindFacts } from '../core';

/** ServiceAccounts that every Profile has in its namespace. */
const ACCOUNTS = ['default-editor', 'default-viewer'];

export const PROFILES: readonly KindFacts[] = [
  {
    kind: profiles,
    makes: ({ metadata: { name } }) => [
      { group: '', kind: 'Namespace', name, path: 'metadata.name' },
      ...ACCOUNTS.map((account) => ({
        group: '',
        kind: 'ServiceAccount',
        namespace: name,
        name: account,
        path: 'metadata.name',
      })),
    ],
    // Its controller has no condition for success: when namespace, accounts and bindings are there, it adds its finalizer.
    ready: { state: 'Reconciled', condition: () => 'jsonpath={.metadata.finalizers[0]}=profile-finalizer' },
    holdsWork: true,
  },
];
