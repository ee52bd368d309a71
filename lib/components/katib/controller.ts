import { pods } from '../../../crds-imports/core';
import { experiments } from '../../../crds-imports/kubeflow.org';
import { ControllerManager } from '../../blocks/server/controller-manager';
import { PodVolume } from '../../blocks/server/pod-volume';
import type { Port } from '../../blocks/server/port';
import { Replicas } from '../../blocks/server/replicas';
import { WebhookCertificate } from '../../blocks/webhooks/webhook-certificate';
import { on, type WebhookConfiguration } from '../../blocks/webhooks/webhooks';
import type { IssuerReference } from '../../contracts';
import type { Component } from '../../core';
import { images } from '../../release/images';
import { KUBEFLOW } from '../../release/namespaces';
import type { ControllerConfig, KatibConfig } from './configuration';
import { COLLECTED, CORE_NAMESPACE, part, UNPRIVILEGED } from './parts';
import { controllerPermissions } from './permissions';
import type { TrialResource } from './trial-resource';

const { name, selector } = part('controller');
const CERTIFICATE = 'katib-webhook-cert';
const LEASE = '3fbc96e9.katib.kubeflow.org';
const WEBHOOK: Port = { port: 8443, name: 'webhook', served: { port: 443, byNumber: true } };
const METRICS: Port = { port: 8080, name: 'metrics', served: { byNumber: true } };
const HEALTH: Port = { port: 18080, name: 'healthz', served: { byNumber: true } };
const SCRAPE = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${METRICS.port}` };

/** What the controller reads when it starts. */
export function controllerConfig(trialResources: readonly TrialResource[], injectSecurityContext: boolean): ControllerConfig {
  return {
    webhookPort: WEBHOOK.port,
    metricsAddr: `:${METRICS.port}`,
    healthzAddr: `:${HEALTH.port}`,
    trialResources: trialResources.map(String),
    // Also for one replica: an update runs the old and the new one side by side.
    enableLeaderElection: true,
    leaderElectionID: LEASE,
    injectSecurityContext,
  };
}

/** What the controller is made from. */
export interface ControllerOptions {
  readonly configuration: KatibConfig;
  readonly trialResources: readonly TrialResource[];
  readonly issuer: IssuerReference;
}

/** Declares the controller with its webhooks. */
export function katibController(katib: Component, { configuration, trialResources, issuer }: ControllerOptions): void {
  const earlyStopping = configuration.runtime.earlyStoppings.length > 0;
  new ControllerManager(katib, name, {
    image: images.katib.controller,
    replicas: Replicas.electing({ leases: [LEASE], role: `${name}-leader-election` }),
    command: ['./katib-controller'],
    args: ['--katib-config=/katib-config.yaml'],
    env: [CORE_NAMESPACE],
    selector,
    names: { policy: name },
    podAnnotations: SCRAPE,
    serviceAnnotations: { ...SCRAPE, 'prometheus.io/scheme': 'http' },
    security: UNPRIVILEGED,
    volumes: [PodVolume.config({ configMap: 'katib-config', file: 'katib-config.yaml', content: configuration })],
    ports: [METRICS, HEALTH],
    health: { port: HEALTH, liveness: { path: '/healthz' }, readiness: { path: '/readyz' } },
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '1Gi' } },
    permissions: controllerPermissions(trialResources, earlyStopping),
    webhooks: {
      port: WEBHOOK,
      certificate: WebhookCertificate.issued({
        name: CERTIFICATE,
        secret: CERTIFICATE,
        issuer,
        dnsSuffixes: ['svc', 'svc.cluster.local'],
        mountPath: '/tmp/cert',
      }),
      validating: [VALIDATING],
      mutating: [MUTATING],
    },
  });
}

const VALIDATING: WebhookConfiguration = {
  name: 'katib.kubeflow.org',
  webhooks: [
    {
      name: 'validator.experiment.katib.kubeflow.org',
      path: '/validate-experiment',
      rules: on(['CREATE', 'UPDATE'], experiments),
    },
  ],
};

const MUTATING: WebhookConfiguration = {
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
};
