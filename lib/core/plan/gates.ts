import type { CustomResourceDefinition } from '../../../crds-imports/apiextensions.k8s.io';
import type { APIService } from '../../../crds-imports/apiregistration.k8s.io';
import type { Facts } from '../facts/facts';
import { groupOf, versionOf } from '../kind';
import { describe, identity, identityOf, type Manifest } from '../manifest';
import { isWorkload, ModelIndex } from '../model-index';
import { isDefinition, podSpecs } from '../pods';
import { target } from '../references';
import type { Schemas } from '../schemas/schemas';
import { APPLIED, bundleOf, type Readiness, readyOf } from './readiness';
import {
  type AdmissionWebhook,
  admissionWebhooks,
  type Creation,
  isWebhookConfiguration,
  namespaceLabels,
  rulesMatch,
  selectorsMatch,
} from './webhooks';

/** `object` may be applied only when `waitsFor` is ready. */
export interface Gate {
  readonly object: Manifest;
  readonly waitsFor: Manifest;
  /** State in which `waitsFor` is ready. @see Readiness */
  readonly ready: string;
  /** What `kubectl wait --for` takes. @default - there is nothing to wait for */
  readonly condition?: string;
  /** Why, as a sentence. */
  readonly because: string;
}

/** `object` is never applied before `after`; both may stand in one wave, where the install order puts `after` first. */
export interface Order {
  readonly object: Manifest;
  readonly after: Manifest;
}

/** What waits for what in a model, read from its objects. */
export interface Inference {
  readonly gates: readonly Gate[];
  readonly orders: readonly Order[];
}

/** Kinds whose pods are created from a template soon after they are applied. */
const POD_MAKERS = new Set(['apps', 'batch', '']);

/** Infers gates and order from any list of finished objects. The cost is linear in their number. */
export function infer(objects: readonly Manifest[], schemas: Schemas, facts: Facts): Inference {
  const index = new ModelIndex(objects, facts);
  const collector = new Collector();
  const admission = new Admission(objects, index);
  const definitions = new Map(objects.filter(isDefinition).map((object) => [definedKind(object), object]));
  const apiServices = objects.filter(isAPIService);
  for (const object of objects) {
    order(object, index, collector);
    definition(object, definitions, index, collector);
    madeForPods(object, index, collector);
    madeNamespace(object, index, collector);
    lookedUp(object, index, collector);
    for (const apiService of apiServices) aggregated(object, apiService, index, collector);
    admission.gate(object, schemas, collector);
  }
  return collector;
}

/** Keeps the first of several gates between the same objects. */
class Collector implements Inference {
  readonly gates: Gate[] = [];
  readonly orders: Order[] = [];
  private readonly seen = new Map<Manifest, Set<string>>();

  gate(object: Manifest, waitsFor: Manifest, { state, condition }: Readiness, because: string): void {
    if (object === waitsFor) return;
    const key = `${identity(waitsFor)}|${state}`;
    const seen = this.seen.get(object);
    if (seen?.has(key)) return;
    if (seen) seen.add(key);
    else this.seen.set(object, new Set([key]));
    this.gates.push({ object, waitsFor, ready: state, condition, because });
  }

  order(object: Manifest, after: Manifest | undefined): void {
    if (after && after !== object) this.orders.push({ object, after });
  }
}

/** A Namespace comes before its contents, what a workload needs before the workload, and what a kind follows before its objects. */
function order(object: Manifest, index: ModelIndex, collector: Collector): void {
  const { namespace } = object.metadata;
  if (namespace) collector.order(object, index.get(identityOf('', 'Namespace', undefined, namespace)));
  if (isWorkload(object)) for (const needed of index.neededBy(object)) collector.order(object, needed);
  const { follows = [] } = index.facts.of(object);
  if (follows.length === 0) return;
  for (const reference of index.references(object)) {
    if (follows.some(({ group, kind }) => group === reference.group && kind === reference.kind))
      collector.order(object, index.get(target(reference)));
  }
}

/** A custom resource waits for its definition; one in a version that is converted, for the webhook that converts it, too. */
function definition(object: Manifest, definitions: ReadonlyMap<string, Manifest>, index: ModelIndex, collector: Collector): void {
  const found = definitions.get(`${groupOf(object.apiVersion)}|${object.kind}`);
  if (!found) return;
  collector.gate(object, found, readyOf(found, index.facts), `${found.metadata.name} defines the kind ${object.kind}`);
  const { spec } = found as unknown as CustomResourceDefinition;
  const { service, caBundle } = spec.conversion?.webhook?.clientConfig ?? {};
  const stored = spec.versions.find((version) => version.storage)?.name;
  if (!service || stored === versionOf(object.apiVersion)) return;
  const because = `${object.apiVersion} is converted to the stored version ${stored}`;
  for (const workload of index.behind(index.get(identityOf('', 'Service', service.namespace, service.name)))) {
    collector.gate(object, workload, readyOf(workload, index.facts), because);
    if (!caBundle) collector.gate(object, found, bundleOf(found, index.facts), because);
  }
}

/** What its pods cannot do without, and the controller of another object makes, goes before an object. */
function madeForPods(object: Manifest, index: ModelIndex, collector: Collector): void {
  if (podSpecs(object).length === 0) return;
  for (const reference of index.references(object)) {
    const { kind, name, optional } = reference;
    const maker = optional || kind === 'Namespace' ? undefined : index.makerOf(target(reference));
    if (maker) collector.gate(object, maker, readyOf(maker, index.facts), `${describe(maker)} writes the ${kind} ${name}`);
  }
}

/** An object in a namespace that the controller of another one makes waits for it. */
function madeNamespace(object: Manifest, index: ModelIndex, collector: Collector): void {
  const id = identityOf('', 'Namespace', undefined, object.metadata.namespace ?? '');
  const maker = index.get(id) ? undefined : index.makerOf(id);
  if (maker) collector.gate(object, maker, readyOf(maker, index.facts), `${describe(maker)} makes the namespace`);
}

/** What admission looks up goes before. */
function lookedUp(object: Manifest, index: ModelIndex, collector: Collector): void {
  const { admittedAfter } = index.facts.of(object);
  for (const reference of admittedAfter ? index.references(object) : []) {
    const named = reference.path === admittedAfter ? index.get(target(reference)) : undefined;
    if (named) collector.gate(object, named, APPLIED, `${describe(object)} is admitted only when its ${reference.kind} is there`);
  }
}

/** What an aggregated API server serves waits for the workload behind it. */
function aggregated(object: Manifest, apiService: Manifest, index: ModelIndex, collector: Collector): void {
  const { group = '', version = '', service } = (apiService as unknown as APIService).spec ?? {};
  if (!service || group !== groupOf(object.apiVersion) || version !== versionOf(object.apiVersion)) return;
  const because = `${apiService.metadata.name} is served by ${service.namespace}/${service.name}`;
  collector.gate(object, apiService, readyOf(apiService, index.facts), because);
  for (const workload of index.behind(index.get(identityOf('', 'Service', service.namespace, service.name ?? '')))) {
    collector.gate(object, workload, readyOf(workload, index.facts), because);
  }
}

/** Gates of admission webhooks. */
class Admission {
  private readonly webhooks: readonly AdmissionWebhook[];
  /** The webhooks whose rules match a resource: the same for all objects of a kind. */
  private readonly byKind = new Map<string, readonly AdmissionWebhook[]>();
  private readonly backings = new Map<AdmissionWebhook, readonly Manifest[]>();
  private readonly ground = new Map<AdmissionWebhook, ReadonlySet<Manifest>>();

  constructor(
    objects: readonly Manifest[],
    private readonly index: ModelIndex,
  ) {
    this.webhooks = admissionWebhooks(objects);
  }

  gate(object: Manifest, schemas: Schemas, collector: Collector): void {
    if (this.webhooks.length === 0 || isWebhookConfiguration(object)) return;
    for (const creation of [this.creationOf(object, schemas), ...podsOf(object, this.index)]) {
      for (const hook of this.matching(creation)) {
        // A pod that an injecting webhook did not see lacks its sidecar for good, whatever the failure policy.
        if (hook.failsClosed || (hook.mutating && creation.plural === 'pods')) this.admit(object, creation, hook, collector);
      }
    }
  }

  private creationOf(object: Manifest, schemas: Schemas): Creation {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace, labels = {} } = metadata;
    const known = schemas.find(apiVersion, kind);
    const plural = known?.plural ?? `${kind.toLowerCase()}s`;
    const scope = known?.scope ?? (namespace ? 'Namespaced' : 'Cluster');
    const what = describe(object);
    // A Namespace is judged as if it stood in itself.
    return isNamespace(object)
      ? { what, apiVersion, plural, scope, namespace: name, labels: namespaceLabels(name, this.index) }
      : { what, apiVersion, plural, scope, namespace, labels };
  }

  private matching(creation: Creation): AdmissionWebhook[] {
    const key = `${creation.apiVersion}/${creation.plural}/${creation.scope}`;
    let candidates = this.byKind.get(key);
    if (!candidates) {
      candidates = this.webhooks.filter(({ webhook }) => rulesMatch(webhook, creation));
      this.byKind.set(key, candidates);
    }
    return candidates.filter(({ webhook }) => selectorsMatch(webhook, creation, this.index));
  }

  private admit(object: Manifest, { what }: Creation, hook: AdmissionWebhook, collector: Collector): void {
    const { configuration, webhook } = hook;
    const { facts } = this.index;
    const workloads = this.behind(hook);
    if (this.neededBehind(hook).has(object)) {
      // The webhook cannot admit what it needs to run: that goes before its configuration.
      const because = `the webhook ${webhook.name} would have to admit ${what}, on which it runs itself`;
      const ready = workloads.includes(object) ? readyOf(object, facts) : APPLIED;
      if (hook.failsClosed) collector.gate(configuration, object, ready, because);
      return;
    }
    const because = `the webhook ${webhook.name} admits ${what}`;
    const { caBundle, service } = webhook.clientConfig;
    collector.gate(object, configuration, service && !caBundle ? bundleOf(configuration, facts) : APPLIED, because);
    for (const workload of workloads) collector.gate(object, workload, readyOf(workload, facts), because);
    const from = facts.of(configuration).injected?.from(configuration);
    const source = from && (this.index.makerOf(target(from)) ?? this.index.get(target(from)));
    if (source) collector.gate(object, source, readyOf(source, facts), because);
  }

  private behind(hook: AdmissionWebhook): readonly Manifest[] {
    let workloads = this.backings.get(hook);
    if (!workloads) {
      workloads = this.index.behind(this.serviceOf(hook));
      this.backings.set(hook, workloads);
    }
    return workloads;
  }

  private serviceOf({ webhook }: AdmissionWebhook): Manifest | undefined {
    const { namespace, name = '' } = webhook.clientConfig.service ?? {};
    return this.index.get(identityOf('', 'Service', namespace, name));
  }

  /** The Service of a webhook, the workloads behind it, and everything that must be there for them to run. */
  private neededBehind(hook: AdmissionWebhook): ReadonlySet<Manifest> {
    let ground = this.ground.get(hook);
    if (!ground) {
      const service = this.serviceOf(hook);
      const reached = new Set(service ? [service, ...this.behind(hook)] : []);
      for (const object of reached) {
        const named = this.index.references(object).map((reference) => this.index.get(target(reference)));
        for (const needed of isWorkload(object) ? this.index.neededBy(object) : named) if (needed) reached.add(needed);
      }
      ground = reached;
      this.ground.set(hook, ground);
    }
    return ground;
  }
}

/**
 * The pods that an object becomes: of a workload, of a Job, and of a custom resource in a namespace, whose controller makes them once it
 * sees it. Labels that controllers add are not known, so webhooks that ask for some of those are not waited for.
 */
function podsOf(object: Manifest, { facts }: ModelIndex): Creation[] {
  const { namespace } = object.metadata;
  const isCustom = groupOf(object.apiVersion).includes('.');
  if (object.kind === 'Pod' || !(POD_MAKERS.has(groupOf(object.apiVersion)) || (isCustom && namespace))) return [];
  const known = podSpecs(object).map(({ labels }) => labels);
  const pods = known.length === 0 && facts.of(object).makesPods ? [{}] : known;
  return pods.map((labels) => ({ what: 'its pods', apiVersion: 'v1', plural: 'pods', scope: 'Namespaced', namespace, labels }));
}

function isNamespace(object: Manifest): boolean {
  return object.kind === 'Namespace' && object.apiVersion === 'v1';
}

function isAPIService(object: Manifest): boolean {
  return object.kind === 'APIService' && groupOf(object.apiVersion) === 'apiregistration.k8s.io';
}

function definedKind(object: Manifest): string {
  const { spec } = object as unknown as CustomResourceDefinition;
  return `${spec.group}|${spec.names.kind}`;
}
