import * as pulumi from '@pulumi/pulumi';
import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Gate, Manifest, ObjectModel, Plan } from '../../core';
import { groupOf } from '../../core/kind';
import type { Dependencies } from '../../core/plan/dependencies';
import { isDefinition } from '../../core/pods';
import type { DeploymentArgs } from './deployment';
import { IgnoredFields } from './drift';
import { ImmutableFields } from './immutable';
import { KubeResource, resourceName, tokenOf } from './kube-resource';
import { MOVED } from './moved';
import { withOutputs } from './outputs';
import { awaitAnnotations, awaitedServices } from './readiness';
import { retained } from './retention';
import { Tree } from './tree';

/** Registers the objects of a model. */
export class Writer {
  private readonly tree: Tree;
  private readonly objects: readonly Manifest[];
  private readonly constructs: ReadonlyMap<Manifest, ApiObject>;
  private readonly dependencies: Dependencies;
  private readonly gates: ReadonlyMap<Manifest, readonly Gate[]>;
  private readonly retained: ReadonlySet<Manifest>;
  private readonly ignored: IgnoredFields;
  private readonly immutable: ImmutableFields;
  private readonly resources = new Map<Manifest, KubeResource>();

  constructor(
    deployment: pulumi.ComponentResource,
    name: string,
    private readonly args: DeploymentArgs,
    private readonly model: ObjectModel,
    plan: Plan,
  ) {
    const { app, definitions = 'included', retain = 'data', drift = [], moved = [] } = args;
    this.tree = new Tree(deployment, name, app, [...MOVED, ...moved]);
    this.objects = plan.objects.filter(
      (object) => definitions === 'included' || isDefinition(object) === (definitions === 'only'),
    );
    this.constructs = new Map(model.objects.map(({ construct, manifest }) => [manifest, construct]));
    this.dependencies = plan.dependencies.and(awaitedServices(model.index));
    this.gates = byWaitedFor(definitions === 'only' ? [] : plan.gates);
    this.retained = retained(model.manifests, retain, model.index.facts);
    this.ignored = new IgnoredFields(model.index, drift);
    this.immutable = new ImmutableFields(model.schemas, model.index.facts);
  }

  write(): Map<IConstruct, KubeResource> {
    const included = new Set(this.objects);
    const register = (object: Manifest): KubeResource => {
      const known = this.resources.get(object);
      if (known) return known;
      const dependsOn = [...this.dependencies.of(object)].filter((other) => included.has(other)).map(register);
      const resource = this.register(object, dependsOn);
      this.resources.set(object, resource);
      return resource;
    };
    return new Map(this.objects.map((object) => [this.constructOf(object), register(object)]));
  }

  private register(object: Manifest, dependsOn: KubeResource[]): KubeResource {
    const construct = this.constructOf(object);
    const replaceOnChanges = this.immutable.of(object);
    return new KubeResource(resourceName(object, this.args.resourcePrefix), this.inputs(object), tokenOf(object), {
      parent: this.tree.parentOf(construct),
      aliases: [...this.tree.formerParents(construct), ...this.otherVersions(object)],
      dependsOn,
      ignoreChanges: this.ignored.of(object),
      ...(replaceOnChanges.length > 0 && { replaceOnChanges, deleteBeforeReplace: true }),
      ...(this.retained.has(object) && { retainOnDelete: true }),
      ...(isSecret(object) && { additionalSecretOutputs: ['data', 'stringData'] }),
    });
  }

  private inputs(object: Manifest): Record<string, unknown> {
    const awaited = awaitAnnotations(
      object,
      this.model.index,
      this.gates.get(object) ?? [],
      this.dependencies.isBundleAwaited(object),
    );
    const annotated = annotate(object, { ...fieldManager(object), ...awaited });
    // Definitions are large, and nothing in them is an Output.
    const inputs = isDefinition(object) ? annotated : (withOutputs(annotated) as Record<string, unknown>);
    return isSecret(object) ? withSecrets(inputs) : inputs;
  }

  /** An object stays the same one when it is declared in another version of its API. */
  private otherVersions(object: Manifest): pulumi.Alias[] {
    const group = groupOf(object.apiVersion);
    return this.model.schemas
      .versions(group, object.kind)
      .map((version) => ({ apiVersion: group ? `${group}/${version}` : version, kind: object.kind }))
      .filter(({ apiVersion }) => apiVersion !== object.apiVersion)
      .map((other) => ({ type: tokenOf(other) }));
  }

  private constructOf(object: Manifest): ApiObject {
    return this.constructs.get(object) as ApiObject;
  }
}

function byWaitedFor(gates: readonly Gate[]): Map<Manifest, Gate[]> {
  const grouped = new Map<Manifest, Gate[]>();
  for (const gate of gates) grouped.set(gate.waitsFor, [...(grouped.get(gate.waitsFor) ?? []), gate]);
  return grouped;
}

/**
 * One field manager for all deployments. By itself the provider invents one for every resource that it creates, and objects that an
 * earlier deployment left, or an interrupted one did not record, would belong to two: the first change of them would be a conflict.
 */
function fieldManager({ metadata }: Manifest): Record<string, string> {
  return metadata.annotations?.[FIELD_MANAGER] ? {} : { [FIELD_MANAGER]: 'cdk8s-kubeflow' };
}

const FIELD_MANAGER = 'pulumi.com/patchFieldManager';

function annotate(object: Manifest, annotations: Readonly<Record<string, string>>): Manifest {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } } };
}

function withSecrets(inputs: Record<string, unknown>): Record<string, unknown> {
  const secrets = ['data', 'stringData'].filter((field) => inputs[field] !== undefined);
  return { ...inputs, ...Object.fromEntries(secrets.map((field) => [field, pulumi.secret(inputs[field])])) };
}

function isSecret({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}
