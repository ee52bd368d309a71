import type { Duration } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { type InferenceServiceSpec, inferenceservices } from '../../crds-imports/serving.kserve.io';
import { KubeObject, namespaceOf } from '../core';
import { mergePatch } from '../core/patches/merge';
import { nameOf } from './pod/env';
import { given } from './pod/pod-options';
import { enforce } from './rule';
import { type DeploymentMode, type KnativeFeature, ServingCluster } from './serving/deployment-mode';
import { V2_FORMATS } from './serving/formats';
import { SERVER_RULES } from './serving/server-rules';
import { type ServerParts, serverSpec } from './serving/server-spec';

type Labels = Readonly<Record<string, string>>;

/** What is said of a server as a whole. */
export interface ServerOptions {
  /**
   * How KServe runs it. It cannot be changed later; a server that changes its mode needs another name.
   *
   * @default - the cluster's; its own rules are Knative's, which KServe's webhook holds a server to that names no mode
   */
  readonly deploymentMode?: DeploymentMode;
  /** Flags that Knative's `config-features` sets. @default - those of the cluster, see ServingCluster */
  readonly knativeFeatures?: readonly KnativeFeature[];
  /** Secret with access to the model's store in place of `storage-config`, or the name of one that the cluster has. @default - none */
  readonly storageSecret?: ISecret | string;
  /** Whether only the cluster reaches it. @default - the gateway does too */
  readonly visibility?: 'cluster-local';
  /** Whether revisions have addresses of their own. Knative only. @default false */
  readonly tagRouting?: boolean;
  /** How long the traffic takes to go over to a new revision. Knative only. @default - it goes at once */
  readonly rolloutDuration?: Duration;
  /** Whether its pods are taken away, without deleting it. @default false */
  readonly stop?: boolean;
  /** Whether Prometheus is told to scrape its pods. @default false */
  readonly prometheusScraping?: boolean;
  /** Whether the metrics of Knative's proxy and of the model come from one port. Knative only. @default false */
  readonly metricAggregation?: boolean;
  /** Whether it takes over changes of its runtime. @default true */
  readonly autoUpdate?: boolean;
  /** Whether the model's folder can be written to. @default false */
  readonly writableModel?: boolean;
  /** Names of extended resources that are GPUs too, where several nodes serve one model. @default - those of NVIDIA, AMD, Intel and Habana */
  readonly gpuResources?: readonly string[];
  /** Queue of Kueue that admits its pods. @default - none */
  readonly queue?: string;
  /** Labels of the server itself. @default - none */
  readonly serverLabels?: Labels;
  /** Annotations of the server itself. @default - none */
  readonly serverAnnotations?: Labels;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
  /** For the field that no option foresaw: merged last into the spec, and checked like everything else. @default - none */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

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
  private readonly mode: DeploymentMode;

  /** @throws ConstructError with everything that admission, the controller or Knative would refuse or ignore */
  constructor(scope: Construct, id: string, props: ModelServerProps) {
    super(scope, id);
    this.name = id;
    const cluster = ServingCluster.of(this);
    this.mode = props.deploymentMode ?? cluster.deploymentMode ?? 'Knative';
    this.spec = mergePatch(serverSpec(props), props.overrides ?? {}) as InferenceServiceSpec;
    const { labels, annotations } = metadataOf(props, this.mode);
    enforce(
      this,
      SERVER_RULES,
      {
        name: id,
        namespace: this.namespace,
        annotations: annotations ?? {},
        spec: this.spec,
        mode: this.mode,
        features: new Set(props.knativeFeatures ?? cluster.knativeFeatures),
        runtime: props.model?.options.runtime,
        scheme: props.model?.storage?.scheme,
      },
      props.acknowledge,
    );
    new KubeObject(this, 'Resource', inferenceservices, {
      metadata: { name: id, ...given({ labels, annotations }) },
      spec: this.spec,
    });
  }

  /** Where the cluster reaches it: `http://resnet50.team.svc.cluster.local`. */
  get url(): string {
    return `http://${this.host}.${this.namespace}.svc.cluster.local`;
  }

  /** Where the cluster asks it for predictions over HTTP, in the protocol of its model. */
  get predictUrl(): string {
    return `${this.url}${this.predictPath}`;
  }

  /** Path below the platform's gateway: `/serving/team/resnet50`. */
  get gatewayPath(): string {
    return `/serving/${this.namespace}/${this.name}`;
  }

  /** Its host at the platform's gateway. @param domain of the cluster's ingress, for instance `example.com` */
  hostname(domain: string): string {
    return `${this.name}-${this.namespace}.${domain}`;
  }

  private get namespace(): string {
    return namespaceOf(this) ?? '';
  }

  /** Standard mode has no Service of the server's name. */
  private get host(): string {
    if (this.mode === 'Knative') return this.name;
    return `${this.name}-${this.spec.transformer ? 'transformer' : 'predictor'}`;
  }

  private get predictPath(): string {
    const { model } = this.spec.predictor;
    const protocol = model?.protocolVersion ?? (V2_FORMATS.includes(model?.modelFormat?.name ?? '') ? 'v2' : 'v1');
    return protocol.endsWith('v2') ? `/v2/models/${this.name}/infer` : `/v1/models/${this.name}:predict`;
  }
}

/** Labels and annotations that carry options, under KServe's and Knative's names. */
function metadataOf(options: ModelServerProps, mode: DeploymentMode): { labels?: Labels; annotations?: Labels } {
  const onKnative = mode === 'Knative';
  const { autoscaler } = options;
  const text = (value: boolean | undefined) => (value === undefined ? undefined : String(value));
  return {
    labels: anyOf(options.serverLabels, {
      'kueue.x-k8s.io/queue-name': options.queue,
      [onKnative ? 'networking.knative.dev/visibility' : 'networking.kserve.io/visibility']: options.visibility,
    }),
    annotations: anyOf(options.serverAnnotations, {
      'serving.kserve.io/deploymentMode': options.deploymentMode,
      'serving.kserve.io/autoscalerClass': onKnative && autoscaler === 'hpa' ? undefined : autoscaler,
      'autoscaling.knative.dev/class': onKnative && autoscaler === 'hpa' ? 'hpa.autoscaling.knative.dev' : undefined,
      'serving.kserve.io/storageSecretName': options.storageSecret && nameOf(options.storageSecret),
      'serving.kserve.io/enable-tag-routing': text(options.tagRouting),
      'serving.knative.dev/rollout-duration': options.rolloutDuration && `${options.rolloutDuration.toSeconds()}s`,
      'serving.kserve.io/stop': text(options.stop),
      'serving.kserve.io/enable-prometheus-scraping': text(options.prometheusScraping),
      'serving.kserve.io/enable-metric-aggregation': text(options.metricAggregation),
      'serving.kserve.io/disable-auto-update': text(options.autoUpdate === undefined ? undefined : !options.autoUpdate),
      'storage.kserve.io/readonly': text(options.writableModel === undefined ? undefined : !options.writableModel),
      'serving.kserve.io/gpu-resource-types': options.gpuResources && JSON.stringify(options.gpuResources),
    }),
  };
}

/** What was written by hand, and what options say. */
function anyOf(written: Labels | undefined, members: Readonly<Record<string, string | undefined>>): Labels | undefined {
  const found = { ...written, ...(given(members) as Labels) };
  return Object.keys(found).length > 0 ? found : undefined;
}
