import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { standingChecks } from '../../checks';
import { Assembly, type AssemblyOptions, type Facts, type KubeObject, Late, SynthesisError } from '../../core';
import { line } from '../../core/finding';
import { FACTS } from '../../kinds';
import type { Drift } from './drift';
import type { KubeResource } from './kube-resource';
import type { Move } from './moved';
import { OUTPUT_RULES, outputResolver, withOutputs } from './outputs';
import { kubernetesProvider } from './provider';
import type { Retention } from './retention';
import { Writer } from './writer';

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
  /**
   * What is known of kinds beyond their schemas: `FACTS.and(…)` adds to it.
   *
   * @default FACTS
   */
  readonly facts?: Facts;

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
   * Fields that somebody else writes, besides those of the facts.
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

  /**
   * What a construct says of itself, as an Output that depends on its object: for the exports of a program, and for resources that
   * need the object to be there.
   *
   * @example
   * export const url = deployment.output(server, ({ predictUrl }) => predictUrl);
   * @throws RunError when the deployment has no such object
   */
  output<C extends IConstruct, T>(construct: C, value: (construct: C) => T): pulumi.Output<pulumi.Unwrap<T>> {
    const known = pulumi.output(withOutputs(value(construct)) as T);
    return pulumi.all([this.resource(construct).urn, known]).apply(([, said]) => said) as pulumi.Output<pulumi.Unwrap<T>>;
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
function assemble({ app, checks = [], missingReferences, facts = FACTS }: DeploymentArgs): Assembly {
  const { resolvers } = App.of(app) as App;
  resolvers.push(outputResolver);
  try {
    const rules = [...OUTPUT_RULES, ...standingChecks, ...checks];
    const assembly = Late.admitted(() => Assembly.of(app, { missingReferences, facts, checks: rules }));
    assembly.plan;
    return assembly;
  } catch (error) {
    // A RunError is told without a stack: the findings name the constructs.
    throw error instanceof SynthesisError
      ? new pulumi.RunError(error.message.replace('nothing was written', 'nothing is deployed'))
      : error;
  } finally {
    resolvers.splice(resolvers.indexOf(outputResolver), 1);
  }
}

function tell({ findings }: Assembly, deployment: Deployment): void {
  for (const finding of findings)
    void (finding.severity === 'warning' ? pulumi.log.warn : pulumi.log.debug)(line(finding), deployment);
}
