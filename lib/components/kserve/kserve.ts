import type { Construct, IConstruct } from 'constructs';
import { issuers } from '../../../crds-imports/cert-manager.io';
import { configmaps, secrets } from '../../../crds-imports/core';
import * as inference from '../../../crds-imports/inference.networking.k8s.io';
import * as inferenceExtensions from '../../../crds-imports/inference.networking.x-k8s.io';
import { services } from '../../../crds-imports/serving.knative.dev';
import {
  type ClusterStorageContainerSpec,
  clusterservingruntimes,
  clusterstoragecontainers,
  inferencegraphs,
  inferenceservices,
  llminferenceserviceconfigs,
  llminferenceservices,
  localmodelcaches,
  localmodelnamespacecaches,
  localmodelnodegroups,
  localmodelnodes,
  servingruntimes as servingRuntimeKind,
  trainedmodels,
} from '../../../crds-imports/serving.kserve.io';
import { AggregatedRoles } from '../../blocks/roles/aggregated-roles';
import { convertedBy } from '../../blocks/webhooks/webhooks';
import { type DeploymentMode, ENDPOINT, ISSUER, type IssuerReference, MESH, SERVING, Settings } from '../../contracts';
import { Component, Existing, type Kind, Notes, RANGES, rangeProblems, refuse, World } from '../../core';
import { definitionReference } from '../../core/references';
import { KUBEFLOW } from '../../release/namespaces';
import { CONFIGURATION, type ConfigurationChanges, configuration, serialised } from './configuration';
import {
  inferenceServiceController,
  LLM,
  llmController,
  llmWebhooks,
  localModelController,
  loggingArguments,
} from './controllers';
import { KServeIngress } from './ingress';
import { LLM_PRESETS, TLS_SECRET } from './llm-presets';
import { type LocalModelOptions, LocalModels, localModelProblems, localModels } from './local-models';
import { OF_EDITORS, OF_USERS, OF_VIEWERS } from './permissions';
import { type ExistingKServe, servingOffer } from './serving';
import { type ServingRuntimes, servingRuntimeProblems, servingRuntimes } from './serving-runtimes';
import { defaultStorageContainer, type StorageInitializerOptions, storageInitializer } from './storage';
import { type ModelUrls, modelUrls, urlProblems } from './urls';

const OWN_ISSUER: IssuerReference = { kind: 'Issuer', name: 'selfsigned-issuer' };

/** Options of KServe. */
export interface KServeProps {
  /**
   * How a model is deployed that says nothing about it.
   *
   * @default 'Standard'
   */
  readonly deploymentMode?: DeploymentMode;

  /**
   * How requests from outside the cluster reach the models.
   *
   * @default - the gateway of the platform's mesh; without a mesh `KServeIngress.none()`
   */
  readonly ingress?: KServeIngress;

  /**
   * The URLs under which models are served.
   *
   * @default - host names below the platform's address, or else below example.com
   */
  readonly urls?: ModelUrls;

  /**
   * The program that loads a model before its server starts.
   *
   * @default - the release's
   */
  readonly storageInitializer?: StorageInitializerOptions;

  /**
   * Further ways to load models, by name.
   *
   * @default - only `default`, which loads from everywhere that the storage initializer knows
   */
  readonly storageContainers?: Readonly<Record<string, ClusterStorageContainerSpec>>;

  /**
   * The serving runtimes of the cluster.
   *
   * @default - the twelve of the release
   */
  readonly servingRuntimes?: ServingRuntimes;

  /**
   * Models that are kept on nodes.
   *
   * @default - none; their definitions are there all the same
   */
  readonly localModel?: LocalModelOptions;

  /**
   * Whether the presets of LLMInferenceServices are installed: what server, scheduler and route look like unless a service says
   * so itself. A webhook checks them, and what users add to them. Routes need `KServeIngress.gatewayApi`, servers on several nodes LeaderWorkerSets in the cluster. What RDMA
   * networks need (`NCCL_IB_HCA`, `NCCL_IB_GID_INDEX`) a service says itself.
   *
   * @default false
   */
  readonly llm?: boolean;

  /**
   * Verbosity of the controllers, 0 (errors only) to 10.
   *
   * @default - the platform's, or else what the programs say by themselves
   */
  readonly logLevel?: number;

  /**
   * Everything else in the ConfigMap `inferenceservice-config`; what is named here is merged into the release's values.
   *
   * @default - the release's values
   */
  readonly configuration?: ConfigurationChanges;
}

/**
 * Model serving: InferenceServices, InferenceGraphs, TrainedModels and LLMInferenceServices.
 *
 * @see https://kserve.github.io/website/
 * @see https://github.com/kserve/kserve/tree/v0.18.0/config
 */
export class KServe extends Component {
  /** Says that the cluster has it and how it is configured, to everything below a construct. */
  static existing(scope: IConstruct, existing: ExistingKServe = {}): void {
    const { deploymentMode = 'Knative', llmPresets = false, runtimes } = existing;
    World.declare(
      scope,
      Existing.namespace(KUBEFLOW),
      Existing.kinds(...KINDS),
      ...Object.keys(runtimes ?? {}).map((name) => Existing.object(clusterservingruntimes, name)),
    );
    SERVING.offer(scope, { ...existing, deploymentMode, llmPresets });
  }

  /**
   * @throws ConstructError for URLs that models would share, a malformed gateway, runtimes that exclude each other, and for the
   * mode Knative with an ingress that it cannot use
   */
  constructor(scope: Construct, id: string, props: KServeProps = {}) {
    super(scope, id, { namespace: KUBEFLOW, labels: { app: 'kserve', 'app.kubernetes.io/name': 'kserve' } });
    const issuer = ISSUER.near(this);
    const { deploymentMode = 'Standard', llm = false, localModel } = props;
    const mesh = MESH.near(this);
    const endpoint = ENDPOINT.near(this);
    const ingress = props.ingress ?? KServeIngress._of(mesh);
    this.check(props, ingress, deploymentMode);
    SERVING.offerAlone(this, servingOffer(props, mesh, endpoint));
    this.expect(props, ingress, deploymentMode);

    const options = { issuer: issuer ?? OWN_ISSUER, logging: loggingArguments(props.logLevel ?? Settings.of(this).verbosity) };
    const webhooks = llmWebhooks(options, llm);
    this.definitions(DEFINITIONS);
    this.definitions(CONVERTED, convertedBy(webhooks, { name: LLM, namespace: KUBEFLOW }));
    if (!issuer) this.object(issuers, { metadata: { name: OWN_ISSUER.name }, spec: { selfSigned: {} } });

    const initializer = storageInitializer(props.storageInitializer);
    const { domain, additionalDomains, domainTemplate, pathTemplate, scheme } = modelUrls(props.urls, endpoint);
    const whole = configuration(
      {
        deploy: { defaultDeploymentMode: deploymentMode },
        ingress: {
          ...ingress.configuration,
          ingressDomain: domain,
          additionalIngressDomains: additionalDomains,
          domainTemplate,
          pathTemplate,
          urlScheme: scheme,
        },
        storageInitializer: initializer,
        localModel: localModels(localModel, initializer.image),
      },
      props.configuration,
    );
    this.object(configmaps, { metadata: { name: CONFIGURATION }, data: serialised(whole) });

    inferenceServiceController(this, options);
    llmController(this, options, webhooks);
    new AggregatedRoles(this, 'kserve', { of: OF_USERS, edit: OF_EDITORS, view: OF_VIEWERS });

    const containers = { default: defaultStorageContainer(initializer), ...props.storageContainers };
    for (const [name, spec] of Object.entries(containers)) this.object(clusterstoragecontainers, { metadata: { name }, spec });
    for (const { name, annotations, spec } of servingRuntimes(props.servingRuntimes))
      this.object(clusterservingruntimes, { metadata: { name, ...(annotations && { annotations }) }, spec });
    if (localModel) {
      localModelController(this, options);
      new LocalModels(this, localModel, options.logging);
    }
    if (llm) this.presets();
  }

  /** All findings at once. */
  private check(props: KServeProps, ingress: KServeIngress, mode: DeploymentMode): void {
    const { enableGatewayApi, ingressClassName, disableIstioVirtualHost } = ingress.configuration;
    const standardOnly = disableIstioVirtualHost && (enableGatewayApi || ingressClassName !== undefined);
    refuse(this, [
      ...(['Standard', 'Knative'].includes(mode)
        ? []
        : [`the deploymentMode is ${JSON.stringify(mode)}, must be Standard or Knative`]),
      ...(mode === 'Knative' && standardOnly
        ? [
            `${ingress.description} serves models of the mode Standard only; Knative needs KServeIngress.istio, or .none() and its own`,
          ]
        : []),
      ...(ingress.problem ? [ingress.problem] : []),
      ...rangeProblems(RANGES.verbosity, { logLevel: props.logLevel }),
      ...urlProblems(props.urls),
      ...servingRuntimeProblems(props.servingRuntimes),
      ...(props.localModel ? localModelProblems(props.localModel) : []),
    ]);
  }

  /** What only the running controllers look for. */
  private expect({ storageInitializer: initializer, llm }: KServeProps, ingress: KServeIngress, mode: DeploymentMode): void {
    World.expect(this, ...ingress.needs);
    if (mode === 'Knative') World.expect(this, definitionReference(services.definition, 'deploymentMode Knative'));
    if (initializer?.caBundle) {
      const { configMap: name } = initializer.caBundle;
      World.expect(this, { group: '', kind: 'ConfigMap', namespace: KUBEFLOW, name, path: 'storageInitializer.caBundle' });
    }
    if (llm && !ingress.configuration.enableGatewayApi)
      Notes.add(
        this,
        'the presets of LLMInferenceServices make routes of the Gateway API; without KServeIngress.gatewayApi services have none',
      );
  }

  private presets(): void {
    // The controller fills in the name of each service, and makes the Secret.
    World.declare(this, Existing.object(secrets, TLS_SECRET, KUBEFLOW));
    for (const [name, spec] of Object.entries(LLM_PRESETS)) this.object(llminferenceserviceconfigs, { metadata: { name }, spec });
  }
}

/** Kinds whose versions the webhook of LLMInferenceServices converts. */
const CONVERTED = [llminferenceservices, llminferenceserviceconfigs];

const DEFINITIONS = [
  clusterservingruntimes,
  clusterstoragecontainers,
  inferencegraphs,
  inferenceservices,
  localmodelcaches,
  localmodelnamespacecaches,
  localmodelnodegroups,
  localmodelnodes,
  servingRuntimeKind,
  trainedmodels,
  inference.inferencepools,
  inferenceExtensions.inferencemodelrewrites,
  inferenceExtensions.inferenceobjectives,
  inferenceExtensions.inferencepoolimports,
  inferenceExtensions.inferencepools,
];

/** Kinds that it defines. */
export const KINDS: readonly Kind[] = [...DEFINITIONS, ...CONVERTED];
