import type { Construct, IConstruct } from 'constructs';
import { horizontalpodautoscalers } from '../../../crds-imports/autoscaling';
import {
  configmaps,
  type EnvVar,
  events,
  persistentvolumeclaims,
  pods,
  type ResourceRequirements,
  serviceaccounts,
  services,
} from '../../../crds-imports/core';
import { jaxjobs, mpijobs, paddlejobs, pytorchjobs, tfjobs, xgboostjobs } from '../../../crds-imports/kubeflow.org';
import { rolebindings, roles } from '../../../crds-imports/rbac.authorization.k8s.io';
import { AggregatedRoles } from '../../blocks/roles/aggregated-roles';
import { ControllerManager } from '../../blocks/server/controller-manager';
import { Replicas } from '../../blocks/server/replicas';
import { WebhookCertificate } from '../../blocks/webhooks/webhook-certificate';
import { on } from '../../blocks/webhooks/webhooks';
import { JOB_OPERATOR, type JobOperator } from '../../contracts';
import { allow, Component, Existing, type Image, manage, RANGES, READ, rangeProblems, refuse, resource, World } from '../../core';
import { images } from '../../release/images';
import { KUBEFLOW } from '../../release/namespaces';

/** Kinds that the operator's webhook validates; MPIJobs it does not. */
const VALIDATED = [jaxjobs, paddlejobs, pytorchjobs, tfjobs, xgboostjobs];

const podgroups = (group: string) => resource(group, 'podgroups');

/** Options of the Training Operator. */
export interface TrainingOperatorProps {
  /**
   * Scheduler that starts the pods of a job together. Its PodGroups have to be defined in the cluster.
   *
   * @default - pods start one by one
   */
  readonly gangScheduler?: 'volcano' | 'scheduler-plugins';

  /**
   * Jobs of each framework that are worked on at once, at least 1.
   *
   * @default 1
   */
  readonly concurrency?: number;

  /**
   * Image of the init container in which the workers of a PyTorchJob wait for their master.
   *
   * @default - the operator's own choice, alpine:3.10
   */
  readonly initContainerImage?: Image;

  /**
   * Image of the init container that brings kubectl to the launcher of an MPIJob.
   *
   * @default - that of the operator's commit; the operator's own choice is whatever is tagged `latest`
   */
  readonly kubectlDeliveryImage?: Image;

  /**
   * Requests and limits of the operator.
   *
   * @default - requests of 100m CPU and 128Mi memory, a limit of 1Gi memory; upstream gives none
   */
  readonly resources?: ResourceRequirements;
}

/** Kinds that it defines. */
export const KINDS = [mpijobs, tfjobs, pytorchjobs, xgboostjobs, paddlejobs, jaxjobs];

/** A Training Operator that the cluster has. */
export interface ExistingTrainingOperator {
  /**
   * Scheduler with which it starts the pods of a job together.
   *
   * @default 'none'
   */
  readonly gangScheduler?: JobOperator['gangScheduler'];
}

/**
 * Distributed training as one job per framework: PyTorchJob, TFJob, MPIJob, XGBoostJob, PaddleJob, JAXJob.
 *
 * @see https://github.com/kubeflow/training-operator/tree/v1.9.2
 */
export class TrainingOperator extends Component {
  /** Says that the cluster has it, to everything below a construct. */
  static existing(scope: IConstruct, { gangScheduler = 'none' }: ExistingTrainingOperator = {}): void {
    World.declare(scope, Existing.namespace(KUBEFLOW), Existing.kinds(...KINDS));
    JOB_OPERATOR.offer(scope, { words: "the cluster's Training Operator", gangScheduler });
  }

  /** Scheduler that starts the pods of a job together; jobs that ask for it are told when there is none. */
  readonly gangScheduler: JobOperator['gangScheduler'];

  /** @throws ConstructError when a number is outside of its range */
  constructor(scope: Construct, id: string, props: TrainingOperatorProps = {}) {
    super(scope, id, { namespace: KUBEFLOW });
    const {
      gangScheduler,
      concurrency = 1,
      initContainerImage = images.trainingOperator.initContainer,
      kubectlDeliveryImage = images.trainingOperator.kubectlDelivery,
      resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '1Gi' } },
    } = props;
    refuse(this, rangeProblems(RANGES.positive, { concurrency }));
    this.gangScheduler = gangScheduler ?? 'none';
    JOB_OPERATOR.offerAlone(this, { words: this.node.path, gangScheduler: this.gangScheduler });
    const jobs = this.definitions(KINDS);

    new ControllerManager(this, 'training-operator', {
      image: images.trainingOperator.controller,
      replicas: Replicas.electing({
        leases: ['1ca428e5.training-operator.kubeflow.org'],
        role: 'training-operator-leader-election',
      }),
      command: ['/manager'],
      args: [
        // Upstream leaves it out; during an update two operators would act on every job.
        '--leader-elect',
        `--controller-threads=${concurrency}`,
        `--pytorch-init-container-image=${initContainerImage}`,
        `--mpi-kubectl-delivery-image=${kubectlDeliveryImage}`,
        ...(gangScheduler ? [`--gang-scheduler-name=${gangScheduler}`] : []),
      ],
      env: POD_IDENTITY,
      labels: { app: 'training-operator' },
      selector: { 'control-plane': 'kubeflow-training-operator' },
      pod: { terminationGracePeriodSeconds: 10 },
      security: { runAsNonRoot: true, runAsUser: 1000 },
      serviceAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080', 'prometheus.io/path': '/metrics' },
      ports: [{ port: 8080, served: { name: 'monitoring-port' } }],
      health: {
        port: { port: 8081 },
        liveness: { path: '/healthz', initialDelaySeconds: 15, periodSeconds: 20, timeoutSeconds: 3 },
        readiness: { path: '/readyz', initialDelaySeconds: 10, periodSeconds: 15, timeoutSeconds: 3 },
      },
      resources,
      permissions: [
        manage(...jobs)
          .withStatus()
          .withFinalizers(),
        manage(pods, events),
        allow('create').on(pods.sub('exec')),
        allow('create', 'delete', ...READ).on(services),
        allow('create', 'list', 'update', 'watch').on(configmaps),
        allow('create', ...READ).on(serviceaccounts),
        allow('create', 'list', 'update', 'watch').on(roles, rolebindings),
        manage(horizontalpodautoscalers),
        // Gang scheduling with Volcano or the scheduler plugins.
        allow('create', 'delete', 'get', 'list', 'patch', 'update', 'watch').on(
          podgroups('scheduling.volcano.sh'),
          podgroups('scheduling.x-k8s.io'),
        ),
      ],
      webhooks: {
        port: { port: 9443, name: 'webhook-server', served: { port: 443, byNumber: true } },
        certificate: WebhookCertificate.writtenByController('training-operator-webhook-cert'),
        validating: [
          {
            name: 'validator.training-operator.kubeflow.org',
            webhooks: VALIDATED.map((kind) => {
              const job = kind.kind.toLowerCase();
              return {
                name: `validator.${job}.training-operator.kubeflow.org`,
                path: `/validate-kubeflow-org-v1-${job}`,
                rules: on(['CREATE', 'UPDATE'], kind),
              };
            }),
          },
        ],
      },
    });

    new AggregatedRoles(this, 'training', {
      of: jobs,
      edit: [allow('create', 'delete', ...READ).on(persistentvolumeclaims), allow(...READ).on(events)],
    });
  }
}

const POD_IDENTITY: EnvVar[] = [
  { name: 'MY_POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
  { name: 'MY_POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
];
