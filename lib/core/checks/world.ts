import type { Service } from '../../../crds-imports/core';
import type { Finding } from '../finding';
import { groupOf } from '../kind';
import { KubeObject } from '../kube-object';
import { Late } from '../late';
import { describe, identityOf, type Manifest } from '../manifest';
import { nameProblem } from '../names';
import type { ModelObject, ObjectModel } from '../object-model';
import { definitionReference, describeTarget, type Reference, references, target } from '../references';
import { World } from '../world';

/** What a reference to something missing weighs where the world is open. */
export type OpenWorld = 'note' | 'error';

/** Whatever an object names is in the model, or the cluster has it. */
export function checkWorld(open: OpenWorld) {
  return function* world(model: ObjectModel): Iterable<Finding> {
    for (const object of model.objects) {
      const { construct, manifest } = object;
      const closed = World.isClosed(construct);
      const severity = closed ? 'error' : open;
      const finding = (message: string, about: string): Finding => ({
        severity,
        path: construct.node.path,
        message: `${describe(manifest)}: ${message}`,
        about,
      });
      const missing = missingDefinition(object, model);
      if (missing) yield finding(...missing);
      for (const reference of references(manifest)) {
        const wrong = wrongName(reference);
        if (wrong)
          yield { severity: 'error', path: construct.node.path, message: `${describe(manifest)}: ${reference.path}: ${wrong}` };
        if (wrong || reference.optional || World.has(construct, reference)) continue;
        const message = unanswered(reference, model);
        if (message) yield finding(message, target(reference));
      }
    }
    for (const construct of model.root.node.findAll()) {
      const severity = World.isClosed(construct) ? 'error' : open;
      for (const reference of World.expectedAt(construct)) {
        const message = World.has(construct, reference) ? undefined : unanswered(reference, model);
        if (message) yield { severity, path: construct.node.path, message, about: target(reference) };
      }
    }
  };
}

/** What is wrong with the name of an object of another product; Kubernetes' own are validated with the rest of what it validates. */
function wrongName({ group, kind, name }: Reference): string | undefined {
  return !group.includes('.') || group.endsWith('.k8s.io') || Late.isIn(name) ? undefined : nameProblem(group, kind, name);
}

/** What is said of a missing definition, and which one it is; undefined when none is missing. */
function missingDefinition(object: ModelObject, model: ObjectModel): [message: string, about: string] | undefined {
  const name = definitionOf(object, model);
  if (!name) return undefined;
  const reference = definitionReference(name, 'kind');
  if (model.declares(target(reference)) || World.has(object.construct, reference)) return undefined;
  return [
    `nothing in the model defines ${name}; install what provides it, or declare the definition as existing`,
    target(reference),
  ];
}

/** Name of the definition that an object needs; of a kind that nobody describes, as its author or the custom has it. */
function definitionOf({ construct, manifest }: ModelObject, { schemas }: ObjectModel): string | undefined {
  const known = schemas.find(manifest.apiVersion, manifest.kind);
  if (known) return known.definition;
  if (KubeObject.isKubeObject(construct)) return construct.type.definition;
  return `${manifest.kind.toLowerCase()}s.${groupOf(manifest.apiVersion)}`;
}

/** What is missing behind a reference; undefined when nothing is. */
function unanswered(reference: Reference, model: ObjectModel): string | undefined {
  const { index } = model;
  const id = target(reference);
  const object = index.get(id);
  if (!object) {
    if (model.declares(id) || index.writerOf(id) || madeByProfile(reference, model)) return undefined;
    return `${reference.path} names ${describeTarget(reference)}, which nothing in the model provides; add it, or declare it as existing`;
  }
  if (reference.kind !== 'Service' || reference.port === undefined || !model.has(object)) return undefined;
  return wrongPort(object, reference) ?? (isWebhook(reference) ? withoutWorkload(object, model) : undefined);
}

/** A Profile makes its namespace, with the ServiceAccounts `default-editor` and `default-viewer` in it. */
function madeByProfile({ kind, name, namespace }: Reference, { index }: ObjectModel): boolean {
  const profile = (of: string | undefined) => index.get(identityOf('kubeflow.org', 'Profile', undefined, of ?? '')) !== undefined;
  return kind === 'Namespace'
    ? profile(name)
    : kind === 'ServiceAccount' && /^default-(editor|viewer)$/.test(name) && profile(namespace);
}

function wrongPort(object: Manifest, reference: Reference): string | undefined {
  const { ports = [], type } = (object as unknown as Service).spec ?? {};
  if (type === 'ExternalName' || ports.some(({ port, name }) => port === reference.port || name === reference.port))
    return undefined;
  const offered = ports.map(({ port, name }) => (name ? `${port} (${name})` : port)).join(', ');
  return `${reference.path} names port ${reference.port} of ${describe(object)}, which has ${offered || 'none'}`;
}

/** The API server calls these; a Service without pods behind it refuses every object of the kind. */
function isWebhook(reference: Reference): boolean {
  return reference.path.endsWith('clientConfig.service');
}

function withoutWorkload(service: Manifest, model: ObjectModel): string | undefined {
  const { selector } = (service as unknown as Service).spec ?? {};
  if (!selector || model.index.behind(service).length > 0) return undefined;
  return `${describe(service)} answers a webhook, but no workload of the model has the labels ${JSON.stringify(selector)}`;
}
