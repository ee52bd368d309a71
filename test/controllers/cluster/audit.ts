import { readFileSync } from 'node:fs';

/** A call that a ServiceAccount was not allowed to make. */
interface Event {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly apiGroup?: string;
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
  };
  readonly responseStatus?: { readonly code?: number };
}

/** What the API server is told to write down. */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', userGroups: ['system:masters', 'system:nodes', 'system:serviceaccounts:kube-system'] },
    { level: 'None', users: ['system:apiserver', 'system:anonymous', 'system:kube-scheduler'] },
    { level: 'Metadata' },
  ],
};

/** The calls of a ServiceAccount's that an audit log has. */
export interface Calls {
  readonly total: number;
  /** `kubeflow/katib-controller: list apps/replicasets in team`, each once. */
  readonly forbidden: readonly string[];
}

export function readAudit(file: string): Calls {
  const lines = readFileSync(file, 'utf8').split('\n');
  // The last line may be half written.
  const events = lines.slice(0, -1).map((line) => JSON.parse(line) as Event);
  const calls = events.filter(({ user }) => user.username.startsWith(ACCOUNT));
  const forbidden = calls.filter(({ responseStatus }) => responseStatus?.code === 403).map(describe);
  return { total: calls.length, forbidden: [...new Set(forbidden)].sort() };
}

const ACCOUNT = 'system:serviceaccount:';

function describe({ verb, requestURI, user, objectRef }: Event): string {
  const account = user.username.slice(ACCOUNT.length).replace(':', '/');
  if (!objectRef?.resource) return `${account}: ${verb} ${requestURI}`;
  const { apiGroup, resource, subresource, namespace } = objectRef;
  const what = [apiGroup, resource, subresource].filter((part) => part !== undefined).join('/');
  return `${account}: ${verb} ${what}${namespace === undefined ? '' : ` in ${namespace}`}`;
}
