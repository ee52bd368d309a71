import type { Construct } from 'constructs';
import { issuers } from '../../../crds-imports/cert-manager.io';
import { configmaps, type EnvVar, pods } from '../../../crds-imports/core';
import { experiments } from '../../../crds-imports/kubeflow.org';
import { networkpolicies } from '../../../crds-imports/networking.k8s.io';
import { AggregatedRoles } from '../../blocks/aggregated-roles';
import { ControllerManager } from '../../blocks/controller-manager';
import { admit, Caller, having } from '../../blocks/network-policy';
import { type IssuerReference, platformOf } from '../../blocks/platform-context';
import type { Port } from '../../blocks/port';
import { Replication } from '../../blocks/replication';
import { WebAccess } from '../../blocks/web-access';
import { WebhookCertificate } from '../../blocks/webhook-certificate';
import { on } from '../../blocks/webhooks';
import { allow, Component, ConstructError } from '../../core';
import { images } from '../../release/images';
import { KUBEFLOW } from '../../release/namespaces';
import { ALGORITHMS, COLLECTORS, EARLY_STOPPING } from './algorithms';
import type {
  AlgorithmOptions,
  CollectorKind,
  CollectorOptions,
  EarlyStoppingOptions,
  KatibConfig,
  RuntimeConfig,
} from './configuration';
import type { Database } from './database';
import { CORE_NAMESPACE, part, UNPRIVILEGED } from './parts';
import { controllerPermissions, KINDS } from './permissions';
import { type Changes, change } from './table';
import { TrialResource } from './trial-resource';
import { TRIAL_TEMPLATES, type TrialTemplate } from './trial-template';
import { katibUi } from './ui';

const WEBHOOK: Port = { port: 8443, name: 'webhook', served: { port: 443, byNumber: true } };
const METRICS: Port = { port: 8080, name: 'metrics', served: { byNumber: true } };
const HEALTH: Port = { port: 18080, name: 'healthz', served: { byNumber: true } };
const API: Port = { port: 6789, name: 'api', served: { byNumber: true } };

const CERTIFICATE = 'katib-webhook-cert';
const LEASE = '3fbc96e9.katib.kubeflow.org';
const COLLECTED = { 'katib.kubeflow.org/metrics-collector-injection': 'enabled' };

/** Options of Katib. */
export interface KatibProps {
  /** Where the metrics of trials are kept. */
  readonly database: Database;

  /**
   * Kinds that trials can be made of: the controller gets the rights that they need. A kind whose product is installed later is
   * found when the controller is started again.
   *
   * @default TrialResource.release
   */
  readonly trialResources?: readonly TrialResource[];

  /**
   * Suggestion algorithms that differ from the release's: one of one's own by a new name, other resources or another volume for one
   * of the release's, `false` to leave one out.
   *
   * @default - those of the release
   */
  readonly algorithms?: Changes<AlgorithmOptions>;

  /**
   * Early stopping algorithms, likewise.
   *
   * @default - that of the release, medianstop
   */
  readonly earlyStopping?: Changes<EarlyStoppingOptions>;

  /**
   * Metrics collectors, likewise.
   *
   * @default - those of the release: StdOut, File and TensorFlowEvent
   */
  readonly collectors?: { readonly [Kind in CollectorKind]?: Partial<CollectorOptions> | false };

  /**
   * Whether metrics collectors run with the security context of the first container of their pod, which namespaces of the pod
   * security standard `restricted` need.
   *
   * @default false
   */
  readonly injectSecurityContext?: boolean;

  /**
   * Trial templates beside those of the release, by name; `false` leaves one out. Those of the release whose kind is no trial
   * resource are left out by themselves.
   *
   * @default - those of the release
   */
  readonly trialTemplates?: Readonly<Record<string, TrialTemplate | false>>;

  /**
   * How users get to the web interface.
   *
   * @default - through the gateway of the platform's mesh, or by `kubectl port-forward` without one
   */
  readonly access?: WebAccess;

  /**
   * Who signs the certificate of the webhooks: an issuer, or the platform's.
   *
   * @default - a self-signing issuer of Katib's own
   */
  readonly issuer?: IssuerReference | 'platform';
}

/**
 * Hyperparameter tuning: Experiments, whose trials are any kind of job. Controller with webhooks, DB manager, web interface.
 *
 * @see https://github.com/kubeflow/katib/tree/v0.19.0
 */
export class Katib extends Component {
  /** The file that configures Katib: what Experiments can ask for. */
  readonly configuration: KatibConfig;
  /** Names of the trial templates, each a key of the ConfigMap `trial-templates`. */
  readonly trialTemplates: readonly string[];

  /** @throws ConstructError when there is no database, or when options name what the release does not have or lack what they need */
  constructor(scope: Construct, id: string, props: KatibProps) {
    super(scope, id, { namespace: KUBEFLOW });
    const { trialResources = TrialResource.release } = props;
    const algorithms = change('algorithm', ALGORITHMS, props.algorithms ?? {}, 'image');
    const earlyStopping = change('early stopping', EARLY_STOPPING, props.earlyStopping ?? {}, 'image');
    const collectors = change<CollectorOptions>('collector', COLLECTORS, props.collectors ?? {}, 'image');
    const templates = templatesOf(trialResources, props.trialTemplates);
    const problems = [
      ...(props.database ? [] : [NO_DATABASE]),
      ...trialProblems(trialResources),
      ...[algorithms, earlyStopping, collectors, templates].flatMap((table) => table.problems),
    ];
    if (problems.length > 0) throw new ConstructError(this.node.path, problems.join('; '));

    this.configuration = configuration(trialResources, props.injectSecurityContext ?? false, {
      metricsCollectors: collectors.entries.map(([kind, options]) => ({ kind: kind as CollectorKind, ...options })),
      suggestions: algorithms.entries.map(([algorithmName, options]) => ({ algorithmName, ...options })),
      earlyStoppings: earlyStopping.entries.map(([algorithmName, options]) => ({ algorithmName, ...options })),
    });
    this.trialTemplates = templates.entries.map(([name]) => name);

    this.definitions(KINDS);
    this.controller(trialResources, this.issuer(props.issuer));
    this.databaseManager(props.database.provide(this));
    katibUi(this, props.access ?? WebAccess.ofPlatform(this));
    this.templates(templates.entries);
    new AggregatedRoles(this, 'katib', {
      of: KINDS,
      edit: [allow('deletecollection').on(...KINDS), allow('list').on(pods), allow('get').on(pods.sub('log'))],
    });
  }

  private controller(trialResources: readonly TrialResource[], issuer: IssuerReference): void {
    const { name, selector } = part('controller');
    const { earlyStoppings } = this.configuration.runtime;
    new ControllerManager(this, name, {
      image: images.katib.controller,
      replication: Replication.leaderElection,
      command: ['./katib-controller'],
      args: ['--katib-config=/katib-config.yaml'],
      env: [CORE_NAMESPACE],
      selector,
      podLabels: { 'sidecar.istio.io/inject': 'false' },
      podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${METRICS.port}` },
      serviceAnnotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/scheme': 'http',
        'prometheus.io/port': `${METRICS.port}`,
      },
      security: UNPRIVILEGED,
      config: { configMap: 'katib-config', file: 'katib-config.yaml', content: this.configuration },
      ports: [METRICS, HEALTH],
      health: { port: HEALTH, liveness: { path: '/healthz' }, readiness: { path: '/readyz' } },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '1Gi' } },
      permissions: controllerPermissions(trialResources, earlyStoppings.length > 0),
      leaderElection: { namespace: KUBEFLOW, role: 'katib-controller-leader-election', leases: [LEASE] },
      webhooks: {
        port: WEBHOOK,
        policy: name,
        certificate: WebhookCertificate.issued({
          name: CERTIFICATE,
          secret: CERTIFICATE,
          issuer,
          isCA: true,
          dnsSuffixes: ['svc', 'svc.cluster.local'],
          mountPath: '/tmp/cert',
        }),
        validating: [
          {
            name: 'katib.kubeflow.org',
            webhooks: [
              {
                name: 'validator.experiment.katib.kubeflow.org',
                path: '/validate-experiment',
                rules: on(['CREATE', 'UPDATE'], experiments),
              },
            ],
          },
        ],
        mutating: [
          {
            name: 'katib.kubeflow.org',
            webhooks: [
              {
                name: 'defaulter.experiment.katib.kubeflow.org',
                path: '/mutate-experiment',
                rules: on(['CREATE', 'UPDATE'], experiments),
              },
              {
                name: 'mutator.pod.katib.kubeflow.org',
                path: '/mutate-pod',
                rules: on(['CREATE'], pods),
                namespaceSelector: { matchLabels: COLLECTED },
                matchConditions: [
                  {
                    name: 'exclude-katib-controller',
                    expression: `request.userInfo.username != "system:serviceaccount:${KUBEFLOW}:${name}"`,
                  },
                ],
              },
            ],
          },
        ],
      },
    });
  }

  private databaseManager(env: EnvVar[]): void {
    const { name, selector } = part('db-manager');
    new ControllerManager(this, name, {
      image: images.katib.dbManager,
      replication: Replication.stateless,
      command: ['./katib-db-manager'],
      env,
      selector,
      podLabels: { 'sidecar.istio.io/inject': 'false' },
      security: UNPRIVILEGED,
      ports: [API],
      health: {
        port: API,
        // Both ask the database, which takes its time to start.
        liveness: { grpc: true, initialDelaySeconds: 10, periodSeconds: 60, failureThreshold: 5 },
        readiness: { grpc: true, periodSeconds: 10 },
      },
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    });
    const users = [Caller.namespaces({ 'app.kubernetes.io/part-of': 'kubeflow-profile' }), Caller.sameNamespace];
    this.object(networkpolicies, {
      metadata: { name, labels: selector },
      // Without profiles, the namespaces in which metrics are collected are known by their label.
      spec: admit(having(selector), [...users, Caller.namespaces(COLLECTED)], [API.port]),
    });
  }

  private templates(templates: readonly (readonly [string, TrialTemplate])[]): void {
    if (templates.length === 0) return;
    this.object(configmaps, {
      metadata: { name: 'trial-templates', labels: { 'katib.kubeflow.org/component': 'trial-templates' } },
      data: Object.fromEntries(templates.map(([name, template]) => [name, template.toString()])),
    });
  }

  /** The issuer that signs for the webhooks, declared where it is Katib's own. */
  private issuer(asked: KatibProps['issuer']): IssuerReference {
    if (asked === 'platform') {
      const { issuer } = platformOf(this);
      if (!issuer)
        throw new ConstructError(this.node.path, 'issuer is "platform", but there is no platform with cert-manager here');
      return issuer;
    }
    if (asked) return asked;
    const own: IssuerReference = { kind: 'Issuer', name: 'katib-selfsigned-issuer' };
    this.object(issuers, { metadata: { name: own.name }, spec: { selfSigned: {} } });
    return own;
  }
}

const NO_DATABASE =
  'there is no database; give one with database: Database.bundledMySql({ credentials }), ' +
  "its credentials being Credentials.existing('<secret>', '<key>') or, on a cluster that nobody else reaches, Credentials.development(), " +
  'or take one that is there with Database.externalMySql({ … }) or Database.externalPostgres({ … })';

function trialProblems(resources: readonly TrialResource[]): string[] {
  if (resources.length === 0) return ['trialResources is empty; give at least one kind'];
  const names = resources.map(String);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
    (name) => `trialResources names ${name} twice`,
  );
}

function templatesOf(resources: readonly TrialResource[], changes: KatibProps['trialTemplates'] = {}) {
  const known = new Set(resources.map(({ kind }) => kind));
  const fits = ([, { kind }]: readonly [string, TrialTemplate]) => known.has(kind);
  const own = Object.entries(changes).filter((entry): entry is [string, TrialTemplate] => entry[1] !== false);
  return {
    entries: [
      ...Object.entries(TRIAL_TEMPLATES)
        .filter(([name]) => !(name in changes))
        .filter(fits),
      ...own,
    ],
    problems: [
      ...Object.keys(changes)
        .filter((name) => changes[name] === false && !(name in TRIAL_TEMPLATES))
        .map(
          (name) => `trial template ${name} is left out, but there is none; there are ${Object.keys(TRIAL_TEMPLATES).join(', ')}`,
        ),
      ...own
        .filter((entry) => !fits(entry))
        .map(
          ([name, { kind }]) => `trial template ${name} is a ${kind.kind}, which is no trial resource; add it to trialResources`,
        ),
    ],
  };
}

function configuration(
  trialResources: readonly TrialResource[],
  injectSecurityContext: boolean,
  runtime: RuntimeConfig,
): KatibConfig {
  return {
    apiVersion: 'config.kubeflow.org/v1beta1',
    kind: 'KatibConfig',
    init: {
      controller: {
        webhookPort: WEBHOOK.port,
        metricsAddr: `:${METRICS.port}`,
        healthzAddr: `:${HEALTH.port}`,
        trialResources: trialResources.map(String),
        enableLeaderElection: true,
        leaderElectionID: LEASE,
        injectSecurityContext,
      },
    },
    runtime,
  };
}
