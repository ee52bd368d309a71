import type { Caller } from '../../contracts';
import type { Labels } from '../../core';
import { having } from './network-policy';

/** HTTP header with the user's name, as Kubeflow's gateway sets it. */
export const USER_HEADER = 'kubeflow-userid';

/** A program that calls and is called. */
export interface Program {
  readonly namespace: string;
  readonly selector: Labels;
  /** Name of the ServiceAccount. */
  readonly serviceAccount: string;
}

/** Label of the namespaces of users, as the controller of Profiles sets it. */
export const TENANTS: Labels = { 'app.kubernetes.io/part-of': 'kubeflow-profile' };

/** The API server, for webhooks and aggregated APIs: it calls from an address that nobody knows, and is in no mesh. */
const apiServer: Caller = { peers: 'everybody', source: 'unidentified' };

/** Whoever comes from outside of the cluster: from any address, and from no mesh. */
const outside: Caller = { peers: 'everybody', source: 'unidentified' };

/** Every pod of the cluster, whether it is in the mesh or not. */
const anyPod: Caller = { peers: () => [{ namespaceSelector: {} }], source: 'unidentified' };

/** Users, through the gateway of the mesh; nobody where there is none. */
const gateway: Caller = {
  peers: (mesh) => {
    if (!mesh) return [];
    const { namespace, pods } = mesh.gateway;
    return [inNamespace(namespace, pods)];
  },
  source: (mesh) => ({ principals: [mesh.gateway.principal] }),
};

/** Pods of the same namespace. */
const sameNamespace: Caller = {
  peers: () => [{ podSelector: {} }],
  source: (_, namespace) => ({ namespaces: [namespace] }),
};

/** Some pods of the same namespace, by their labels. A mesh knows the namespace alone. */
function pods(labels: Labels): Caller {
  return { ...sameNamespace, peers: () => [{ podSelector: having(labels) }] };
}

/** Pods in the namespaces of users. A mesh cannot tell these namespaces by their label, so it admits all that have an identity. */
const tenants: Caller = namespaces(TENANTS);

/**
 * Pods in the namespaces of users, as far as they show a token, which the server has to check; they must not say in whose name they
 * come, as the gateway does.
 */
const tokenHolders: Caller = {
  peers: tenants.peers,
  source: () => ({ withHeaders: ['authorization'], withoutHeaders: [USER_HEADER] }),
};

/** Pods of every namespace that has the labels. @see tenants */
function namespaces(labels: Labels): Caller {
  return { peers: () => [{ namespaceSelector: having(labels) }], source: () => ({ principals: ['*'] }) };
}

/** Another program, by the object: its labels for the network, its ServiceAccount for a mesh. */
function program({ namespace, selector, serviceAccount }: Program): Caller {
  return {
    peers: () => [{ namespaceSelector: having(named(namespace)), podSelector: having(selector) }],
    source: ({ trustDomain }) => ({ principals: [`${trustDomain}/ns/${namespace}/sa/${serviceAccount}`] }),
  };
}

/**
 * Programs of a namespace that are outside of the mesh: a controller of Ingresses, monitoring.
 *
 * @param pods labels of theirs. @default - any pod of the namespace
 */
function namespace(name: string, pods?: Labels): Caller {
  return { peers: () => [inNamespace(name, pods)], source: 'unidentified' };
}

/** Who may call a port; the only declaration for the network and for a mesh. */
export const Callers = {
  apiServer,
  outside,
  anyPod,
  gateway,
  sameNamespace,
  pods,
  tenants,
  tokenHolders,
  namespaces,
  program,
  namespace,
} as const;

function inNamespace(name: string, pods: Labels | undefined) {
  return { namespaceSelector: having(named(name)), ...(pods && { podSelector: having(pods) }) };
}

function named(namespace: string): Labels {
  return { 'kubernetes.io/metadata.name': namespace };
}
