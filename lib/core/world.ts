import type { IConstruct } from 'constructs';
import { namespaces } from '../../crds-imports/core';
import type { Kind } from './kind';
import type { Reference } from './references';
import { Scoped } from './scoped';

/** Something that the cluster has already, so that the model may refer to it. */
export class Existing {
  private constructor(private readonly answered: (reference: Reference) => boolean) {}

  /**
   * One object.
   *
   * @param name name of the object, or `*` for all objects of the kind in the namespace
   * @param namespace left out for a cluster-scoped kind; `*` for any namespace
   * @throws Error when a namespaced kind has no namespace, or a cluster-scoped one has
   */
  static object(kind: Kind, name: string, namespace?: string): Existing {
    const called = `existing ${kind.kind} ${name}`;
    if (kind.scope === 'Namespaced' && !namespace)
      throw new Error(`the ${called} has no namespace; name it, or give "*" for any`);
    if (kind.scope === 'Cluster' && namespace)
      throw new Error(`the ${called} has the namespace "${namespace}", but the kind is cluster-scoped`);
    const fits = (pattern: string | undefined, value: string | undefined) => pattern === '*' || pattern === value;
    return new Existing(
      (reference) =>
        reference.group === kind.group &&
        reference.kind === kind.kind &&
        fits(name, reference.name) &&
        fits(namespace, reference.namespace),
    );
  }

  /** A Namespace, with the ServiceAccount `default` that every namespace has. */
  static namespace(name: string): Existing {
    return Existing.object(namespaces, name);
  }

  /** The CustomResourceDefinitions of an API group, for instance `cert-manager.io`. */
  static definitions(group: string): Existing {
    return new Existing(({ kind, name }) => kind === 'CustomResourceDefinition' && name.slice(name.indexOf('.') + 1) === group);
  }

  /** The CustomResourceDefinition of each of some kinds. */
  static kinds(...kinds: readonly Kind[]): Existing {
    const defined = new Set(kinds.map(({ definition }) => definition));
    return new Existing(({ kind, name }) => kind === 'CustomResourceDefinition' && defined.has(name));
  }

  /** Whether it is what a reference names. */
  answers(reference: Reference): boolean {
    return this.answered(reference);
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
const expected = new Scoped<Reference>('cdk8s-kubeflow:expected');
const providers = new Scoped<Provider>('cdk8s-kubeflow:providers');

/** How to get a definition, by its name: `components.kserve` of a platform; undefined for one that it cannot have. */
export type Provider = (definition: string) => string | undefined;

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

  /** Says that a construct needs something which none of its objects names: a program looks for it when it runs. */
  expect(construct: IConstruct, ...references: Reference[]): void {
    for (const reference of references) expected.add(construct, reference);
  },

  /** Lets messages of the app say how to get what defines a kind. */
  suggest(construct: IConstruct, provider: Provider): void {
    providers.add(construct.node.root, provider);
  },

  /** How an app could get a definition; undefined where nobody says. */
  providerOf(construct: IConstruct, definition: string): string | undefined {
    for (const provider of providers.at(construct.node.root)) {
      const words = provider(definition);
      if (words) return words;
    }
    return undefined;
  },

  /** What a construct itself needs and does not name. */
  expectedAt(construct: IConstruct): readonly Reference[] {
    return expected.at(construct);
  },

  /** Whether a construct stands in a closed world. */
  isClosed(construct: IConstruct): boolean {
    return closed.reaching(construct).length > 0;
  },

  /** Whether the cluster has, as far as a construct is told, what a reference names. */
  has(construct: IConstruct, reference: Reference): boolean {
    if (EVERYWHERE.some(({ kind, name }) => kind === reference.kind && name.test(reference.name))) return true;
    return declared.reaching(construct).some((existing) => existing.answers(reference));
  },
};
