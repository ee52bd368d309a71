import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  Assembly,
  type AssemblyOptions,
  type Gate,
  type KubeObject,
  Late,
  type Manifest,
  type ObjectModel,
  type Plan,
  SynthesisError,
} from '../../core';
import { line } from '../../core/finding';
import { groupOf } from '../../core/kind';
import { isDefinition } from '../../core/pods';
import { Dependencies } from './dependencies';
import { autoscaled, DRIFT, type Drift, ignoredFields } from './drift';
import { immutableFields } from './immutable';
import { KubeResource, resourceName, tokenOf } from './kube-resource';
import { MOVED, type Move } from './moved';
import { checkOutputs, outputResolver, withOutputs } from './outputs';
import { kubernetesProvider } from './provider';
import { awaitAnnotations } from './readiness';
import { type Retention, retained } from './retention';
import { Tree } from './tree';

/**
 * What a deployment does with the CustomResourceDefinitions of its model. They are nine tenths of the work and of the state.
 *
 * - `included`: deploys them with everything else, so one `pulumi up` is enough
 * - `only`: deploys nothing else, as a stack of their own that changes when the release does
 * - `existing`: leaves them out; another stack, a GitOps application or a cluster administrator deploys them
 */
export type Definitions = 'included' | 'only' | 'existing';

/** Options of a deployment. */
export interface DeploymentArgs extends AssemblyOptions {
  /** What is deployed: an App, or any construct with everything below it. */
  readonly app: IConstruct;

  /**
   * The cluster that it is deployed to.
   *
   * @default - that of the component's options or of its parent; where neither is given, a `kubernetesProvider` for the cluster of the
   * current kubeconfig
   */
  readonly provider?: pulumi.ProviderResource;

  /** @default 'included' */
  readonly definitions?: Definitions;

  /**
   * What stays in the cluster when it leaves the program, or the stack is destroyed.
   *
   * @default 'data'
   */
  readonly retain?: Retention;

  /**
   * Constructs of the program that have moved in its tree since it was last deployed, each with its whole path below `app`.
   *
   * @default - none; the library's own moves are known
   */
  readonly moved?: readonly Move[];

  /**
   * Fields that somebody else writes, besides those of the library's table.
   *
   * @default - none
   */
  readonly drift?: readonly Drift[];

  /**
   * Goes before the names of all resources, so that one program can deploy the same objects to several clusters.
   *
   * @default - no prefix
   */
  readonly resourcePrefix?: string;
}

/**
 * A cdk8s model, deployed: what `synth` writes as YAML becomes resources. The constructs are components in the same tree, every object
 * is a resource with the Kubernetes SDK's own type token and the name `namespace/name`, and what must be ready before what comes from
 * the same plan.
 *
 * @example
 * const deployment = new Deployment('kubeflow', { app: platform(laptop) });
 */
export class Deployment extends pulumi.ComponentResource {
  private readonly resources: ReadonlyMap<IConstruct, KubeResource>;

  /**
   * @param name name of the component; no object has it in its own
   * @throws RunError with all findings when the model does not pass its checks; no resource is registered then
   */
  constructor(name: string, args: DeploymentArgs, options: pulumi.ComponentResourceOptions = {}) {
    const assembly = assemble(args);
    super('kubeflow:index:Deployment', name, {}, withProvider(name, args, options));
    tell(assembly, this);
    this.resources = new Writer(this, name, args, assembly.model, assembly.plan).write();
    this.registerOutputs({ objects: this.resources.size });
  }

  /**
   * The resource of an object, for its Outputs and for the `dependsOn` of others.
   *
   * @param construct an object, or a construct that has one as its default child, like every workload
   * @throws RunError when the deployment has no such object
   */
  resource<T = unknown>(construct: KubeObject<T> | IConstruct): KubeResource<T> {
    const object = ApiObject.isApiObject(construct) ? construct : construct.node.defaultChild;
    const resource = object && this.resources.get(object);
    if (!resource)
      throw new pulumi.RunError(
        `${construct.node.path || 'app'} is no object of this deployment, and has none as its default child`,
      );
    return resource as KubeResource<T>;
  }
}

/** Everything below the deployment inherits its provider. */
function withProvider(
  name: string,
  { provider }: DeploymentArgs,
  options: pulumi.ComponentResourceOptions,
): pulumi.ComponentResourceOptions {
  if (provider) return { ...options, provider };
  return options.provider || options.providers || options.parent ? options : { ...options, provider: kubernetesProvider(name) };
}

/** The checked and planned model, in which Outputs have placeholders. */
function assemble({ app, checks = [], missingReferences }: DeploymentArgs): Assembly {
  const { resolvers } = App.of(app) as App;
  resolvers.push(outputResolver);
  try {
    const assembly = Late.admitted(() => Assembly.of(app, { missingReferences, checks: [checkOutputs, ...checks] }));
    assembly.plan;
    return assembly;
  } catch (error) {
    // A RunError is told without a stack: the findings name the constructs.
    throw error instanceof SynthesisError ? new pulumi.RunError(error.message) : error;
  } finally {
    resolvers.splice(resolvers.indexOf(outputResolver), 1);
  }
}

function tell({ findings }: Assembly, deployment: Deployment): void {
  for (const finding of findings)
    void (finding.severity === 'warning' ? pulumi.log.warn : pulumi.log.debug)(line(finding), deployment);
}

/** Registers the objects of a model. */
class Writer {
  private readonly tree: Tree;
  private readonly objects: readonly Manifest[];
  private readonly constructs: ReadonlyMap<Manifest, ApiObject>;
  private readonly dependencies: Dependencies;
  private readonly gates: ReadonlyMap<Manifest, readonly Gate[]>;
  private readonly retained: ReadonlySet<Manifest>;
  private readonly autoscaled: ReadonlySet<string>;
  private readonly drift: readonly Drift[];
  private readonly resources = new Map<Manifest, KubeResource>();

  constructor(
    deployment: Deployment,
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
    this.dependencies = new Dependencies(plan);
    this.gates = byWaitedFor(definitions === 'only' ? [] : plan.gates);
    this.retained = retained(model.manifests, retain);
    this.autoscaled = autoscaled(model.manifests);
    this.drift = [...DRIFT, ...drift];
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
    const replaceOnChanges = immutableFields(object);
    return new KubeResource(resourceName(object, this.args.resourcePrefix), this.inputs(object), tokenOf(object), {
      parent: this.tree.parentOf(construct),
      aliases: [...this.tree.formerParents(construct), ...this.otherVersions(object)],
      dependsOn,
      ignoreChanges: ignoredFields(object, this.drift, this.autoscaled),
      ...(replaceOnChanges.length > 0 && { replaceOnChanges, deleteBeforeReplace: true }),
      ...(this.retained.has(object) && { retainOnDelete: true }),
      ...(isSecret(object) && { additionalSecretOutputs: ['data', 'stringData'] }),
    });
  }

  private inputs(object: Manifest): Record<string, unknown> {
    const annotated = annotate(object, awaitAnnotations(object, this.gates.get(object) ?? []));
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

function annotate(object: Manifest, annotations: Readonly<Record<string, string>>): Manifest {
  if (Object.keys(annotations).length === 0) return object;
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
