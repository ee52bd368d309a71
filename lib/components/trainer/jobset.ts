import { jobs } from '../../../crds-imports/batch';
import { events, nodes, persistentvolumeclaims, pods, services } from '../../../crds-imports/core';
import { jobsets } from '../../../crds-imports/jobset.x-k8s.io';
import { ControllerManager } from '../../blocks/server/controller-manager';
import { PodVolume } from '../../blocks/server/pod-volume';
import { Replicas } from '../../blocks/server/replicas';
import { SERVING_CERTS, WebhookCertificate } from '../../blocks/webhooks/webhook-certificate';
import { on, type Webhook } from '../../blocks/webhooks/webhooks';
import { allow, type Component, manage, READ, resource } from '../../core';
import { images } from '../../release/images';

const WEBHOOK_PORT = 9443;

/** Pods that belong to a JobSet. */
const OF_JOBSETS = { objectSelector: { matchExpressions: [{ key: 'jobset.sigs.k8s.io/jobset-name', operator: 'Exists' }] } };

const jobset = (name: string, verb: string, operations: ('CREATE' | 'UPDATE')[]): Webhook => ({
  name,
  path: `/${verb}-jobset-x-k8s-io-v1alpha2-jobset`,
  rules: on(operations, jobsets),
});

const pod = (name: string, verb: string): Webhook => ({
  name,
  path: `/${verb}--v1-pod`,
  rules: on(['CREATE'], pods),
  ...OF_JOBSETS,
});

/**
 * The JobSet controller, which makes the Jobs of a TrainJob.
 *
 * @param logLevel verbosity
 * @see https://github.com/kubernetes-sigs/jobset/tree/v0.11.0
 */
export function jobSetController(scope: Component, logLevel: number): ControllerManager {
  scope.definitions([jobsets]);
  return new ControllerManager(scope, 'jobset-controller-manager', {
    image: images.trainer.jobset,
    replicas: Replicas.electing({
      leases: ['6d4f6a47.jobset.x-k8s.io'],
      role: 'jobset-leader-election-role',
      binding: 'jobset-leader-election-rolebinding',
    }),
    names: { container: 'manager', policy: 'jobset-webhook' },
    command: ['/manager'],
    args: ['--config=/controller_manager_config.yaml', `--zap-log-level=${logLevel}`],
    selector: {
      'app.kubernetes.io/name': 'jobset',
      'app.kubernetes.io/instance': 'jobset',
      'control-plane': 'controller-manager',
    },
    labels: { 'app.kubernetes.io/part-of': 'jobset' },
    podAnnotations: {
      'kubectl.kubernetes.io/default-container': 'manager',
    },
    mesh: 'inside',
    pod: { terminationGracePeriodSeconds: 10 },
    volumes: [
      PodVolume.config({
        configMap: 'jobset-manager-config',
        volume: 'manager-config',
        file: 'controller_manager_config.yaml',
        content: {
          apiVersion: 'config.jobset.x-k8s.io/v1alpha1',
          kind: 'Configuration',
          leaderElection: { leaderElect: true },
          internalCertManagement: { enable: true },
        },
      }),
    ],
    ports: [
      {
        port: 8443,
        name: 'metrics',
        served: { service: 'jobset-controller-manager-metrics-service', name: 'https', byNumber: true },
      },
    ],
    health: {
      port: { port: 8081 },
      liveness: { path: '/healthz', initialDelaySeconds: 15, periodSeconds: 20 },
      readiness: { path: '/readyz', initialDelaySeconds: 5, periodSeconds: 10 },
    },
    resources: { requests: { cpu: '500m', memory: '128Mi' }, limits: { memory: '4Gi' } },
    roles: [
      {
        name: 'jobset-manager-role',
        binding: 'jobset-manager-rolebinding',
        permissions: [
          manage(jobsets).withStatus().withFinalizers(),
          manage(jobs).withStatus(),
          manage(services),
          allow(...READ, 'delete', 'patch', 'update').on(pods),
          allow(...READ, 'create').on(persistentvolumeclaims),
          allow(...READ).on(nodes),
          allow('create', 'patch', 'update', 'watch').on(events),
        ],
      },
      {
        name: 'jobset-proxy-role',
        binding: 'jobset-proxy-rolebinding',
        permissions: [
          allow('create').on(resource('authentication.k8s.io', 'tokenreviews')),
          allow('create').on(resource('authorization.k8s.io', 'subjectaccessreviews')),
        ],
      },
    ],
    webhooks: {
      port: {
        port: WEBHOOK_PORT,
        name: 'webhook-server',
        served: { service: 'jobset-webhook-service', port: 443, byNumber: true },
      },
      certificate: WebhookCertificate.writtenByController('jobset-webhook-server-cert', SERVING_CERTS, {
        role: 'jobset-manager-secrets-role',
        binding: 'jobset-manager-secrets-rolebinding',
      }),
      mutating: [
        {
          name: 'jobset-mutating-webhook-configuration',
          webhooks: [jobset('mjobset.kb.io', 'mutate', ['CREATE']), pod('mpod.kb.io', 'mutate')],
        },
      ],
      validating: [
        {
          name: 'jobset-validating-webhook-configuration',
          webhooks: [jobset('vjobset.kb.io', 'validate', ['CREATE', 'UPDATE']), pod('vpod.kb.io', 'validate')],
        },
      ],
    },
  });
}
