import type { IConstruct } from 'constructs';
import type { Service } from '../../../crds-imports/core';
import type { Finding } from '../finding';
import { groupOf } from '../kind';
import { KubeObject } from '../kube-object';
import { describe, type Manifest } from '../manifest';
import type { ModelObject, ObjectModel } from '../object-model';
import { definitionReference, describeTarget, type Reference, target } from '../references';
import { findings, note, type Rule } from '../rule';
import { Transform } from '../transform';
import { World } from '../world';

/** What a reference to something missing weighs where the world is open. */
export type OpenWorld = 'note' | 'error';

/** The rule of definitions. */
const DEFINITION_RULE = note(
  'kubernetes/missing-definition',
  'The API server refuses an object whose kind nothing defines; below a platform this is an error.',
  ({ name, provider = 'what provides it' }: { readonly name: string; readonly provider?: string }) =>
    `nothing in the model defines ${name}; install ${provider}, or declare the definition as existing`,
);

/** A reference that the cluster is not known to answer. */
interface Open {
  readonly reference: Reference;
  readonly model: ObjectModel;
}

/** The rules of what is named. */
const REFERENCE_RULES: readonly Rule<Open>[] = [
  note(
    'kubernetes/missing-object',
    'A program waits or fails for what nothing provides; below a platform this is an error.',
    missing,
  ),
  note(
    'kubernetes/missing-port',
    'A port that the Service does not have is never answered; below a platform this is an error.',
    ({ reference, model }) => {
      const service = servedBy(reference, model);
      return service && wrongPort(service, reference);
    },
  ),
  note(
    'kubernetes/webhook-without-pods',
    'A webhook without pods behind it refuses every object of its kinds; below a platform this is an error.',
    ({ reference, model }) => {
      const service = servedBy(reference, model);
      if (!service || !isWebhook(reference) || wrongPort(service, reference)) return undefined;
      return withoutWorkload(service, model);
    },
  ),
];

/** The rules of what is outside of an object. */
export const WORLD_RULES = [DEFINITION_RULE, ...REFERENCE_RULES];

/** Whatever an object names is in the model, or the cluster has it. */
export function checkWorld(open: OpenWorld) {
  return function* world(model: ObjectModel): Iterable<Finding> {
    const told = new Set<string>();
    for (const object of model.objects) {
      const severity = World.isClosed(object.construct) ? 'error' : open;
      for (const finding of ofSettings(object, model)) {
        // A setting names the same in every object that it reaches.
        const text = `${finding.path}: ${finding.message}`;
        if (!told.has(text)) yield { ...finding, severity };
        told.add(text);
      }
      for (const finding of ofObject(object, model))
        yield { ...finding, severity, message: `${describe(object.manifest)}: ${finding.message}` };
    }
    for (const construct of model.root.node.findAll()) {
      const severity = World.isClosed(construct) ? 'error' : open;
      for (const reference of World.expectedAt(construct))
        for (const finding of ofReference(construct, reference, model)) yield { ...finding, severity };
    }
  };
}

function* ofObject(object: ModelObject, model: ObjectModel): Iterable<Finding> {
  const { construct, manifest } = object;
  const definition = missingDefinition(object, model);
  if (definition)
    for (const finding of findings([DEFINITION_RULE], lacking(construct, definition), construct.node.path))
      yield { ...finding, about: target(definitionReference(definition, 'kind')) };
  for (const reference of model.index.references(manifest))
    if (!reference.optional && !settingOf(construct, reference)) yield* ofReference(construct, reference, model);
}

/** What is said of the names that settings put into an object: of the setting, where it is. */
function* ofSettings({ construct, manifest }: ModelObject, model: ObjectModel): Iterable<Finding> {
  for (const reference of model.index.references(manifest)) {
    const setting = settingOf(construct, reference);
    if (!setting || reference.optional) continue;
    for (const finding of ofReference(construct, { ...reference, path: setting.name }, model))
      yield { ...finding, path: setting.scope.node.path };
  }
}

/** The setting that put a name into an object, and the construct that it is on. */
function settingOf(construct: IConstruct, reference: Reference) {
  for (const scope of [...construct.node.scopes].reverse())
    for (const transform of Transform.at(scope)) {
      const name = transform.setting(reference);
      if (name !== undefined) return { name, scope };
    }
  return undefined;
}

function lacking(construct: IConstruct, name: string) {
  return { name, provider: World.providerOf(construct, name) };
}

function ofReference(construct: IConstruct, reference: Reference, model: ObjectModel): Finding[] {
  if (World.has(construct, reference)) return [];
  const about = target(reference);
  return findings(REFERENCE_RULES, { reference, model }, construct.node.path).map((finding) => ({ ...finding, about }));
}

/** Name of the definition that is missing; undefined when none is. */
function missingDefinition(object: ModelObject, model: ObjectModel): string | undefined {
  const name = definitionOf(object, model);
  if (!name) return undefined;
  const reference = definitionReference(name, 'kind');
  return model.declares(target(reference)) || World.has(object.construct, reference) ? undefined : name;
}

/** Name of the definition that an object needs; of a kind that nobody describes, as its author or the custom has it. */
function definitionOf({ construct, manifest }: ModelObject, { schemas }: ObjectModel): string | undefined {
  const known = schemas.find(manifest.apiVersion, manifest.kind);
  if (known) return known.definition;
  if (KubeObject.isKubeObject(construct)) return construct.type.definition;
  return `${manifest.kind.toLowerCase()}s.${groupOf(manifest.apiVersion)}`;
}

/** What is said of a reference to nothing. */
function missing({ reference, model }: Open): string | undefined {
  const { index, root } = model;
  const id = target(reference);
  if (index.get(id) || model.declares(id) || index.makerOf(id)) return undefined;
  const provider = reference.kind === 'CustomResourceDefinition' ? World.providerOf(root, reference.name) : undefined;
  return `${reference.path} names ${describeTarget(reference)}, which nothing in the model provides; ${provider ? `install ${provider}` : 'add it'}, or declare it as existing`;
}

/** The well-formed Service whose port a reference names. */
function servedBy(reference: Reference, model: ObjectModel): Manifest | undefined {
  if (reference.kind !== 'Service' || reference.port === undefined) return undefined;
  const service = model.index.get(target(reference));
  return service && model.has(service) ? service : undefined;
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
