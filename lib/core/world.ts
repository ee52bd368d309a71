import type { IConstruct } from 'constructs';
import type { Kind } from './kind';
import { identityOf } from './manifest';
import { type Reference, target } from './references';
import { Scoped } from './scoped';

/** Something that the cluster has already, so that the model may refer to it. */
export class Existing {
  private constructor(
    /** Identity of the object; its name, and its namespace, may be `*`. */
    readonly identity: string,
    /** API groups all of whose definitions are there. */
    readonly group?: string,
  ) {}

  /**
   * One object.
   *
   * @param name of the object; `*` for all of the kind
   * @param namespace of the object; `*` for all; left out for a cluster-scoped kind
   */
  static object(kind: Kind, name: string, namespace?: string): Existing {
    return new Existing(identityOf(kind.group, kind.kind, kind.scope === 'Cluster' ? undefined : namespace, name));
  }

  /** A Namespace, with the ServiceAccount `default` that every namespace has. */
  static namespace(name: string): Existing {
    return new Existing(identityOf('', 'Namespace', undefined, name));
  }

  /** The CustomResourceDefinitions of an API group, for instance `cert-manager.io`. */
  static definitions(group: string): Existing {
    return new Existing(identityOf('apiextensions.k8s.io', 'CustomResourceDefinition', undefined, `*.${group}`), group);
  }
}

/** What every cluster has, by kind; names are patterns. */
const EVERYWHERE: readonly { readonly kind: string; readonly name: RegExp }[] = [
  { kind: 'Namespace', name: /^(default|kube-system|kube-public|kube-node-lease)$/ },
  { kind: 'ServiceAccount', name: /^default$/ },
  { kind: 'ConfigMap', name: /^kube-root-ca\.crt$/ },
  { kind: 'ClusterRole', name: /^(cluster-admin|admin|edit|view|system:.*)$/ },
  { kind: 'Role', name: /^(system:.*|extension-apiserver-authentication-reader)$/ },
  { kind: 'PriorityClass', name: /^system-(cluster|node)-critical$/ },
];

const closed = new Scoped<true>('cdk8s-kubeflow:closed');
const declared = new Scoped<Existing>('cdk8s-kubeflow:existing');

/**
 * What a model may refer to. Below a closed construct everything that an object names is in the model or declared as existing,
 * anything else is an error; elsewhere the same is a note.
 */
export const World = {
  /** Closes the world below a construct. */
  close(scope: IConstruct): void {
    closed.add(scope, true);
  },

  /** Declares what the cluster has, for everything below a construct. */
  declare(scope: IConstruct, ...existing: Existing[]): void {
    for (const one of existing) declared.add(scope, one);
  },

  /** Whether a construct stands in a closed world. */
  isClosed(construct: IConstruct): boolean {
    return closed.reaching(construct).length > 0;
  },

  /** Whether the cluster has, as far as a construct is told, what a reference names. */
  has(construct: IConstruct, reference: Reference): boolean {
    if (EVERYWHERE.some(({ kind, name }) => kind === reference.kind && name.test(reference.name))) return true;
    const wanted = target(reference);
    const { group, kind, namespace, name } = reference;
    const patterns = new Set([
      wanted,
      identityOf(group, kind, namespace, '*'),
      identityOf(group, kind, '*', name),
      identityOf(group, kind, '*', '*'),
    ]);
    return declared
      .reaching(construct)
      .some(
        (existing) =>
          patterns.has(existing.identity) || (existing.group !== undefined && isDefinitionOf(reference, existing.group)),
      );
  },
};

function isDefinitionOf(reference: Reference, group: string): boolean {
  return reference.kind === 'CustomResourceDefinition' && reference.name.endsWith(`.${group}`);
}
