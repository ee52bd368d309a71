import { describeOf, identityOf, type Manifest } from './manifest';

/** That one object names another one, which must be there for it to work. */
export interface Reference {
  readonly group: string;
  readonly kind: string;
  /** Undefined for a cluster-scoped object. */
  readonly namespace?: string;
  readonly name: string;
  /** Field path of the name. */
  readonly path: string;
  /** Port of a Service, by number or name. */
  readonly port?: number | string;
  /** The object works without what it names; nothing is missing then. */
  readonly optional?: boolean;
}

/** A reference of an object into its own namespace. */
export function local(object: Manifest, group: string, kind: string, name: string, path: string, optional?: boolean): Reference {
  return { group, kind, namespace: object.metadata.namespace, name, path, optional };
}

/** A reference to the definition of a custom kind. @param path what needs it, as the beginning of a sentence */
export function definitionReference(definition: string, path: string): Reference {
  return { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name: definition, path };
}

/** Identity of what a reference names. */
export function target(reference: Reference): string {
  return identityOf(reference.group, reference.kind, reference.namespace, reference.name);
}

/** How messages name what a reference names. */
export function describeTarget(reference: Reference): string {
  return (
    describeOf(reference.kind, reference.namespace, reference.name) +
    (reference.port === undefined ? '' : ` port ${reference.port}`)
  );
}
