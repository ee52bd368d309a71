import { Construct } from 'constructs';
import { type InferenceServiceSpec, inferenceservices } from '../../../../crds-imports/serving.kserve.io';
import type { DeploymentMode, GatewayUrls } from '../../../contracts';
import { ConstructError, KubeObject, namespaceOf, World } from '../../../core';
import { mergePatch } from '../../../core/patches/merge';
import { definitionReference } from '../../../core/references';
import { enforce } from '../../../core/rule';
import { madeFor } from '../../made-for';
import { objectMetadata } from '../../object-metadata';
import { given } from '../../pod/given';
import { type Cluster, clusterOf } from '../cluster';
import { componentLabels, Exposure } from '../exposure';
import { type Choice, choose } from '../runtime/choice';
import { runtimesAt, withGiven } from '../runtime/runtimes';
import { visibilityOf } from './exposure-rules';
import { askedBy } from './facts';
import { gatewayPath, type HostForms, localHost } from './hosts';
import { metadataOf } from './metadata';
import type { ServerOptions } from './options';
import { withWritten } from './read-metadata';
import { SERVER_RULES } from './rules';
import { type ServerParts, serverSpec } from './spec';
import {
  type Addressed,
  entryService,
  explainPath,
  type GatewayAddresses,
  gatewayAddresses,
  gatewayHost,
  predictPath,
  protocolOfProgram,
  type ServiceNames,
  serviceNames,
  speaksGrpc,
} from './urls';

/** Options of a model server. What is not under `transformer` or `explainer` is said of the predictor. */
export type ModelServerProps = ServerParts & ServerOptions;

/**
 * A served model, with what stands before and beside it. The construct's id is its name, unless `name` says it.
 *
 * @example
 * new ModelServer(chart, 'iris', { model: Model.sklearn('s3://models/iris') });
 * new ModelServer(chart, 'own', { image: 'ghcr.io/my-org/server:1.0', scale: Scale.between(0, 5) });
 *
 * @see https://kserve.github.io/website/
 */
export class ModelServer extends Construct {
  /** Name of the server. */
  readonly name: string;
  /** What was declared, overrides included. */
  readonly spec: InferenceServiceSpec;
  /** How KServe runs it, as far as is known here. */
  readonly mode: DeploymentMode;
  private readonly choice: Choice | undefined;
  private readonly modelName: string;
  private readonly labels: Readonly<Record<string, string>>;

  /** @throws ConstructError with everything that admission, the controller or Knative would refuse or ignore */
  constructor(scope: Construct, id: string, props: ModelServerProps) {
    super(scope, id);
    const options = withWritten(props);
    const { model, transformer, explainer, name = id } = options;
    this.name = name;
    this.modelName = model?.options.name ?? name;
    const cluster = clusterOf(this);
    this.mode = options.deploymentMode ?? cluster.deploymentMode ?? 'Knative';
    this.spec = madeFor(this.node.path, () => mergePatch(serverSpec(options), options.overrides ?? {})) as InferenceServiceSpec;
    const { labels, annotations, contradictions } = metadataOf(options, this.mode);
    this.labels = labels;
    const runtimes = withGiven(runtimesAt(this), model?.options.runtime);
    const asked = askedBy(this.spec);
    this.choice = asked && choose(asked, runtimes.groups);
    enforce(
      this,
      SERVER_RULES,
      {
        name,
        namespace: this.namespace,
        labels,
        annotations,
        contradictions,
        spec: this.spec,
        mode: this.mode,
        cluster,
        features: new Set(options.knativeFeatures ?? cluster.knative.features),
        runtime: model?.options.runtime,
        runtimes,
        asked,
        choice: this.choice,
        scheme: model?.storage?.scheme,
        queue: options.queue,
        exposed: options.expose ?? false,
        credentials: given({
          predictor: options.credentials,
          transformer: transformer?.credentials,
          explainer: explainer?.credentials,
        }),
      },
      options.acknowledge,
    );
    this.expect(annotations, cluster);
    new KubeObject(this, 'Resource', inferenceservices, {
      metadata: objectMetadata(name, { labels, annotations }),
      spec: this.spec,
    });
    if (options.expose) new Exposure(this, this.entrances());
  }

  /** Names of the Services of its components. */
  get services(): ServiceNames {
    return serviceNames(this.addressed);
  }

  /** Where the cluster reaches it: `http://resnet50.team.svc.cluster.local`. */
  get url(): string {
    return `http://${this.host}`;
  }

  /**
   * Where the cluster asks it for predictions over HTTP, in the protocol of its model.
   *
   * @throws ConstructError when its port speaks gRPC
   */
  get predictUrl(): string {
    const path = predictPath(this.addressed);
    if (path === undefined)
      throw new ConstructError(this.node.path, 'its first port, h2c, speaks gRPC, not HTTP; take grpcAddress');
    return `${this.url}${path}`;
  }

  /** Where the cluster asks it for explanations; undefined without an explainer. */
  get explainUrl(): string | undefined {
    const { explainer } = this.services;
    if (!explainer) return undefined;
    // Knative's routes of the server know explanations by their path.
    const routed = this.mode === 'Knative' && (clusterOf(this).virtualHosts ?? true);
    const host = routed ? this.host : localHost(explainer, this.namespace);
    return `http://${host}${explainPath(this.modelName)}`;
  }

  /** Host and port at which the cluster speaks gRPC with it; undefined unless the first port is called `h2c`. */
  get grpcAddress(): string | undefined {
    return speaksGrpc(this.spec) ? `${this.host}:80` : undefined;
  }

  /** Path below the platform's gateway: `/serving/team/resnet50`. */
  get gatewayPath(): string {
    return gatewayPath(this.addressed, clusterOf(this).urls);
  }

  /** Its host at the platform's gateway. @param domain of the hosts there, for instance `example.com` */
  hostname(domain: string): string {
    return gatewayHost(this.addressed, this.forms({ domain }));
  }

  /**
   * Its addresses at the gateway.
   *
   * @param gateway domain and forms of the addresses; what is left out is the platform's, or else the release's
   * @throws ConstructError without a domain, or when only the cluster reaches the server
   */
  outside(gateway: Partial<GatewayUrls> = {}): GatewayAddresses {
    const forms = this.forms(gateway);
    const visibility = visibilityOf(this.labels);
    if (visibility) throw new ConstructError(this.node.path, `nobody outside reaches it: its visibility is ${visibility}`);
    if (forms.urls?.domain === undefined)
      throw new ConstructError(
        this.node.path,
        "no platform around it has a gateway; give one: outside({ domain: 'example.com' })",
      );
    return gatewayAddresses(this.addressed, forms);
  }

  /** The pods at which requests come in, by their Service. */
  private entrances(): Readonly<Record<string, Readonly<Record<string, string>>>> {
    const { predictor, transformer = predictor, explainer } = this.services;
    const components = [transformer, ...(explainer ? [explainer] : [])];
    return Object.fromEntries(components.map((component) => [component, componentLabels(this.mode, component)]));
  }

  /** What only the running controllers look for. */
  private expect(annotations: Readonly<Record<string, string>>, { deploymentMode }: Cluster): void {
    if (annotations['serving.kserve.io/autoscalerClass'] === 'keda')
      World.expect(this, definitionReference('scaledobjects.keda.sh', 'autoscaler keda'));
    if (this.mode === 'Knative' && deploymentMode === 'Standard')
      World.expect(this, definitionReference('services.serving.knative.dev', 'deploymentMode Knative'));
  }

  /** How its hosts are made, with a domain for those of KServe and of Knative where one is given. */
  private forms(gateway: Partial<GatewayUrls>): HostForms {
    const { urls, knative, virtualHosts } = clusterOf(this);
    const { domain } = gateway;
    return {
      urls: { ...urls, ...gateway },
      knative: domain === undefined ? knative : { ...knative, domain },
      ...given({ virtualHosts }),
    };
  }

  private get addressed(): Addressed {
    const { name, namespace, mode, spec, modelName } = this;
    return { name, namespace, mode, spec, modelName, protocol: this.choice?.protocol ?? protocolOfProgram(spec) };
  }

  private get namespace(): string {
    return namespaceOf(this) ?? '';
  }

  private get host(): string {
    return localHost(entryService(this.addressed, clusterOf(this)), this.namespace);
  }
}
