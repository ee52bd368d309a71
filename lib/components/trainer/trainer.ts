import type { Construct, IConstruct } from 'constructs';
import { configmaps, events, limitranges, pods, type ResourceRequirements, secrets } from '../../../crds-imports/core';
import { jobsets } from '../../../crds-imports/jobset.x-k8s.io';
import { runtimeclasses } from '../../../crds-imports/node.k8s.io';
import { clusterrolebindings, clusterroles, rolebindings, roles } from '../../../crds-imports/rbac.authorization.k8s.io';
import { clustertrainingruntimes, trainingruntimes, trainjobs } from '../../../crds-imports/trainer.kubeflow.org';
import { AggregatedRoles } from '../../blocks/roles/aggregated-roles';
import { ControllerManager } from '../../blocks/server/controller-manager';
import { PodVolume } from '../../blocks/server/pod-volume';
import { Replicas } from '../../blocks/server/replicas';
import { WebhookCertificate } from '../../blocks/webhooks/webhook-certificate';
import { on, type Webhook } from '../../blocks/webhooks/webhooks';
import { Settings, TRAINING } from '../../contracts';
import {
  allow,
  Component,
  Existing,
  type Kind,
  manage,
  Permission,
  RANGES,
  READ,
  rangeProblems,
  refuse,
  resource,
  World,
} from '../../core';
import { images } from '../../release/images';
import { KUBEFLOW_SYSTEM } from '../../release/namespaces';
import type { TrainerConfiguration } from './configuration';
import { DeclaredRuntime } from './declared-runtime';
import { jobSetController } from './jobset';
import type { RuntimeDeclaration } from './runtime-shape';
import { RUNTIMES, type RuntimeName } from './runtimes';

const NAME = 'kubeflow-trainer-controller-manager';
const LEASE = 'trainer.kubeflow.org';
const WEBHOOK_SECRET = 'kubeflow-trainer-webhook-cert';
const WEBHOOK_PORT = 9443;
const METRICS_PORT = 8443;
const HEALTH_PORT = 8081;
const STATUS_PORT = 10443;

/** Options of the trainer. */
export interface TrainerProps {
  /**
   * Runtimes of the release that are left out.
   *
   * @default - none
   */
  readonly without?: readonly RuntimeName[];

  /**
   * Runtimes of one's own, by name.
   *
   * @default - none
   */
  readonly runtimes?: Readonly<Record<string, RuntimeDeclaration>>;

  /**
   * Verbosity of both controllers, 0 to 10.
   *
   * @default - the platform's, or else 2
   */
  readonly logLevel?: number;

  /**
   * TrainJobs that are worked on at once, at least 1.
   *
   * @default 5
   */
  readonly concurrency?: number;

  /**
   * Requests and limits of the trainer's controller.
   *
   * @default - requests of 100m CPU and 128Mi memory, a limit of 1Gi memory; upstream gives none
   */
  readonly resources?: ResourceRequirements;
}

/** A trainer that the cluster has. */
export interface ExistingTrainer {
  /**
   * Names of its ClusterTrainingRuntimes.
   *
   * @default - those of the release
   */
  readonly runtimes?: readonly string[];
}

/**
 * Training as one TrainJob for every framework: the trainer, JobSet below it, and the runtimes of the release.
 *
 * @see https://github.com/kubeflow/trainer/tree/v2.2.0
 */
export class Trainer extends Component {
  /** Says that the cluster has the trainer and JobSet, to everything below a construct. */
  static existing(scope: IConstruct, { runtimes = Object.keys(RUNTIMES) }: ExistingTrainer = {}): void {
    World.declare(
      scope,
      Existing.namespace(KUBEFLOW_SYSTEM),
      Existing.kinds(...KINDS),
      ...runtimes.map((name) => Existing.object(clustertrainingruntimes, name)),
    );
    TRAINING.offer(scope, { runtimes });
  }

  /** The runtimes that TrainJobs can refer to, by name. */
  readonly runtimes: ReadonlyMap<string, DeclaredRuntime>;

  /** @throws ConstructError when a number is outside of its range */
  constructor(scope: Construct, id: string, props: TrainerProps = {}) {
    super(scope, id, { namespace: KUBEFLOW_SYSTEM });
    const { without = [], runtimes = {}, logLevel = Settings.of(this).verbosity ?? 2, concurrency = 5 } = props;
    refuse(this, [...rangeProblems(RANGES.verbosity, { logLevel }), ...rangeProblems(RANGES.positive, { concurrency })]);
    TRAINING.offerAlone(this, { runtimes: runtimeNames(props) });
    jobSetController(this, logLevel);
    this.definitions(OURS);
    this.controller(logLevel, concurrency, props.resources);
    this.userRoles();
    const shipped = Object.entries(RUNTIMES).filter(([name]) => !without.includes(name as RuntimeName));
    this.runtimes = new Map(
      [...shipped, ...Object.entries(runtimes)].map(([name, runtime]) => [
        name,
        new DeclaredRuntime(this, name, clustertrainingruntimes, runtime),
      ]),
    );
  }

  private controller(logLevel: number, concurrency: number, resources: ResourceRequirements = RESOURCES): void {
    new ControllerManager(this, NAME, {
      image: images.trainer.controller,
      replicas: Replicas.electing({ leases: [LEASE], role: `${NAME}-leader-election` }),
      names: { container: 'manager', policy: 'trainer-webhook' },
      args: ['--config=/controller_manager_config.yaml', `--zap-log-level=${logLevel}`],
      selector: {
        'app.kubernetes.io/component': 'manager',
        'app.kubernetes.io/name': 'trainer',
        'app.kubernetes.io/part-of': 'kubeflow',
      },
      mesh: 'inside',
      security: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      volumes: [
        PodVolume.config({
          configMap: 'kubeflow-trainer-config',
          file: 'controller_manager_config.yaml',
          content: configuration(concurrency),
        }),
      ],
      ports: [
        { port: METRICS_PORT, name: 'metrics', served: { name: 'monitoring-port' } },
        { port: STATUS_PORT, name: 'status-server', served: {} },
      ],
      health: {
        port: { port: HEALTH_PORT, name: 'health' },
        liveness: { path: '/healthz', initialDelaySeconds: 15, periodSeconds: 20, timeoutSeconds: 3 },
        readiness: { path: '/readyz', initialDelaySeconds: 10, periodSeconds: 15, timeoutSeconds: 3 },
      },
      resources,
      permissions: PERMISSIONS,
      webhooks: {
        port: { port: WEBHOOK_PORT, name: 'webhook', served: { port: 443, name: 'webhook-server' } },
        certificate: WebhookCertificate.writtenByController(WEBHOOK_SECRET),
        mutating: [{ name: 'defaulter.trainer.kubeflow.org', webhooks: [webhook('defaulter', 'mutate', trainjobs)] }],
        validating: [
          {
            name: 'validator.trainer.kubeflow.org',
            webhooks: [clustertrainingruntimes, trainingruntimes, trainjobs].map((kind) =>
              webhook('validator', 'validate', kind),
            ),
          },
        ],
      },
    });
  }

  /** Everybody who can log in may see the cluster's runtimes and the version; the SDK asks for both. */
  private userRoles(): void {
    new AggregatedRoles(this, 'trainer', {
      of: [trainjobs, trainingruntimes],
      edit: [allow(...READ).on(pods, pods.sub('log'), events)],
      // A job that is stuck has its cause in the JobSet below it.
      view: [allow(...READ).on(jobsets), allow('get').on(jobsets.sub('status'))],
    });
    const apiGroup = 'rbac.authorization.k8s.io';
    const subjects = [{ apiGroup, kind: 'Group', name: 'system:authenticated' }];
    const view = { name: 'kubeflow-trainer-view-cluster-runtimes' };
    this.object(clusterroles, { metadata: view, rules: Permission.rules([allow(...READ).on(clustertrainingruntimes)]) });
    this.object(clusterrolebindings, { metadata: view, roleRef: { apiGroup, kind: 'ClusterRole', name: view.name }, subjects });
    const open = { name: 'kubeflow-trainer-public' };
    this.object(configmaps, { metadata: open, data: { kubeflow_trainer_version: images.trainer.controller.tag as string } });
    this.object(roles, {
      metadata: open,
      rules: Permission.rules([
        allow(...READ)
          .on(configmaps)
          .named(open.name),
      ]),
    });
    this.object(rolebindings, { metadata: open, roleRef: { apiGroup, kind: 'Role', name: open.name }, subjects });
  }
}

const RESOURCES: ResourceRequirements = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '1Gi' } };

const OURS = [trainjobs, trainingruntimes, clustertrainingruntimes];

/** Kinds that it defines, with those of JobSet. */
export const KINDS = [...OURS, jobsets];

/** Names of the runtimes that a trainer with some options has. */
export function runtimeNames({ without = [], runtimes = {} }: TrainerProps): readonly string[] {
  return [...Object.keys(RUNTIMES).filter((name) => !without.includes(name as RuntimeName)), ...Object.keys(runtimes)];
}

const PERMISSIONS = [
  allow('get', 'list', 'patch', 'update', 'watch').on(...OURS),
  allow('get', 'patch', 'update').on(trainjobs.sub('status'), ...OURS.map((kind) => kind.sub('finalizers'))),
  manage(jobsets),
  allow('create', 'get', 'list', 'patch', 'update', 'watch').on(configmaps, secrets),
  allow(...READ).on(limitranges),
  allow(...READ).on(runtimeclasses),
  allow('create', 'patch', 'update', 'watch').on(events, resource('events.k8s.io', 'events')),
  // Gang scheduling with Volcano or the scheduler plugins.
  allow('create', 'get', 'list', 'patch', 'update', 'watch').on(
    resource('scheduling.volcano.sh', 'podgroups'),
    resource('scheduling.x-k8s.io', 'podgroups'),
  ),
];

function webhook(role: 'defaulter' | 'validator', verb: 'mutate' | 'validate', kind: Kind): Webhook {
  const name = kind.kind.toLowerCase();
  return {
    name: `${role}.${name}.trainer.kubeflow.org`,
    path: `/${verb}-trainer-kubeflow-org-v1alpha1-${name}`,
    rules: on(['CREATE', 'UPDATE'], kind),
  };
}

function configuration(concurrency: number): TrainerConfiguration {
  return {
    apiVersion: 'config.trainer.kubeflow.org/v1alpha1',
    kind: 'Configuration',
    health: { healthProbeBindAddress: `:${HEALTH_PORT}`, readinessEndpointName: 'readyz', livenessEndpointName: 'healthz' },
    metrics: { bindAddress: `:${METRICS_PORT}`, secureServing: true },
    webhook: { port: WEBHOOK_PORT, host: '' },
    leaderElection: {
      leaderElect: true,
      resourceName: LEASE,
      resourceNamespace: '',
      leaseDuration: '15s',
      renewDeadline: '10s',
      retryPeriod: '2s',
    },
    controller: {
      groupKindConcurrency: {
        'TrainJob.trainer.kubeflow.org': concurrency,
        'TrainingRuntime.trainer.kubeflow.org': 1,
        'ClusterTrainingRuntime.trainer.kubeflow.org': 1,
      },
    },
    certManagement: { enable: true, webhookServiceName: NAME, webhookSecretName: WEBHOOK_SECRET },
    clientConnection: { qps: 50, burst: 100 },
    statusServer: { port: STATUS_PORT, qps: 5, burst: 10 },
  };
}
