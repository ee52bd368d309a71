import { Construct } from 'constructs';
import { type InferenceServiceSpec, inferenceservices } from '../../../../crds-imports/serving.kserve.io';
import type { DeploymentMode, GatewayUrls } from '../../../contracts';
import { ConstructError, KubeObject, namespaceOf, World } from '../../../core';
import { mergePatch } from '../../../core/patches/merge';
import { definitionReference } from '../../../core/references';
import { enforce } from '../../../core/rule';
import { madeFor } from '../../made-for';
import { given } from '../../pod/given';
import { queuedPods } from '../../queue/queue';
import { type Cluster, clusterOf } from '../cluster';
import { componentLabels, Exposure } from '../exposure';
import { runtimesAt } from '../runtime/runtimes';
import { metadataOf } from './metadata';
import type { ServerOptions } from './options';
import { SERVER_RULES } from './rules';
import { type ServerParts, serverSpec } from './spec';
import {
  entryService,
  explainPath,
  type GatewayAddresses,
  gatewayAddresses,
  gatewayHost,
  gatewayPath,
  localHost,
  predictPath,
  type ServiceNames,
  serviceNames,
  speaksGrpc,
} from './urls';

/** Options of a model server. What is not under `transformer` or `explainer` is said of the predictor. */
export type ModelServerProps = ServerParts & ServerOptions;

/**
 * A served model, with what stands before and beside it. The construct's id is its name.
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

  /** @throws ConstructError with everything that admission, the controller or Knative would refuse or ignore */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ModelServerProps,
  ) {
    super(scope, id);
    this.name = id;
    const cluster = clusterOf(this);
    this.mode = props.deploymentMode ?? cluster.deploymentMode ?? 'Knative';
    this.spec = madeFor(this.node.path, () =>
      mergePatch(serverSpec(queuedPods(props)), props.overrides ?? {}),
    ) as InferenceServiceSpec;
    const { labels, annotations } = metadataOf(props, this.mode);
    const { model, transformer, explainer } = props;
    enforce(
      this,
      SERVER_RULES,
      {
        name: id,
        namespace: this.namespace,
        labels: labels ?? {},
        annotations: annotations ?? {},
        spec: this.spec,
        mode: this.mode,
        cluster,
        features: new Set(props.knativeFeatures ?? cluster.knative.features),
        runtime: model?.options.runtime,
        runtimes: runtimesAt(this),
        scheme: model?.storage?.scheme,
        queue: props.queue,
        exposed: props.expose ?? false,
        credentials: given({
          predictor: props.credentials,
          transformer: transformer?.credentials,
          explainer: explainer?.credentials,
        }),
      },
      props.acknowledge,
    );
    this.expect(annotations ?? {}, cluster);
    new KubeObject(this, 'Resource', inferenceservices, {
      metadata: { name: id, ...given({ labels, annotations }) },
      spec: this.spec,
    });
    if (props.expose) new Exposure(this, this.entrances());
  }

  /** Names of the Services of its components. */
  get services(): ServiceNames {
    return serviceNames(this.addressed);
  }

  /** Where the cluster reaches it: `http://resnet50.team.svc.cluster.local`. */
  get url(): string {
    return `http://${this.host}`;
  }

  /** Where the cluster asks it for predictions over HTTP, in the protocol of its model. */
  get predictUrl(): string {
    return `${this.url}${predictPath(this.name, this.spec)}`;
  }

  /** Where the cluster asks it for explanations; undefined without an explainer. */
  get explainUrl(): string | undefined {
    const { explainer } = this.services;
    if (!explainer) return undefined;
    // Knative's routes of the server know explanations by their path.
    const host = this.mode === 'Knative' ? this.host : localHost(explainer, this.namespace);
    return `http://${host}${explainPath(this.name)}`;
  }

  /** Host and port at which the cluster speaks gRPC with it; undefined when its protocol is none, and no first port is called `h2c`. */
  get grpcAddress(): string | undefined {
    return speaksGrpc(this.spec) ? `${this.host}:80` : undefined;
  }

  /** Path below the platform's gateway: `/serving/team/resnet50`. */
  get gatewayPath(): string {
    return gatewayPath(this.addressed, clusterOf(this).urls);
  }

  /** Its host at the platform's gateway. @param domain of the cluster's ingress, for instance `example.com` */
  hostname(domain: string): string {
    return gatewayHost(this.addressed, { ...clusterOf(this).urls, domain });
  }

  /**
   * Its addresses at the gateway.
   *
   * @param gateway domain and forms of the addresses; what is left out is the platform's, or else the release's
   * @throws ConstructError without a domain, or when only the cluster reaches the server
   */
  outside(gateway: Partial<GatewayUrls> = {}): GatewayAddresses {
    const { domain, ...urls } = { ...clusterOf(this).urls, ...gateway };
    const { visibility } = this.props;
    if (visibility) throw new ConstructError(this.node.path, `nobody outside reaches it: its visibility is ${visibility}`);
    if (domain === undefined)
      throw new ConstructError(
        this.node.path,
        "no platform around it has a gateway; give one: outside({ domain: 'example.com' })",
      );
    return gatewayAddresses(this.addressed, { ...urls, domain });
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

  private get addressed() {
    return { name: this.name, namespace: this.namespace, mode: this.mode, spec: this.spec };
  }

  private get namespace(): string {
    return namespaceOf(this) ?? '';
  }

  private get host(): string {
    return localHost(entryService(this.addressed), this.namespace);
  }
}
