import { type EnvVar, pods, services } from '../../../crds-imports/core';
import {
  clusterservingruntimes,
  inferencegraphs,
  inferenceservices,
  llminferenceserviceconfigs,
  llminferenceserviceconfigsV1alpha1,
  llminferenceservices,
  llminferenceservicesV1alpha1,
  localmodelcaches,
  servingruntimes,
  trainedmodels,
} from '../../../crds-imports/serving.kserve.io';
import { ControllerManager, type ControllerManagerProps } from '../../blocks/server/controller-manager';
import { containerPort, type Port, servicePort } from '../../blocks/server/port';
import { Replicas } from '../../blocks/server/replicas';
import { RESTRICTED_CONTAINER } from '../../blocks/server/security';
import { WebhookCertificate } from '../../blocks/webhooks/webhook-certificate';
import { on, type Webhook, type WebhookConfiguration, type Webhooks } from '../../blocks/webhooks/webhooks';
import type { IssuerReference } from '../../contracts';
import type { Component, Kind } from '../../core';
import { images } from '../../release/images';
import { CONTROLLER, LLM_CONTROLLER, LOCAL_MODEL_CONTROLLER, METRICS_READERS } from './permissions';

/** What the controllers are given. */
export interface ControllerOptions {
  /** Signs the certificates of the webhooks. */
  readonly issuer: IssuerReference;
  /** Arguments that say how much a program logs. */
  readonly logging: readonly string[];
}

/** @param verbosity 0 (errors only) to 10; undefined leaves it to the program */
export function loggingArguments(verbosity: number | undefined): string[] {
  if (verbosity === undefined) return [];
  // The programs refuse 0.
  return [`--zap-log-level=${verbosity === 0 ? 'error' : verbosity}`];
}

const POD_NAMESPACE: EnvVar = { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } };

/** What the three controllers have in common; they are made from the same template. */
function program(name: string, component: string) {
  return {
    command: ['/manager'],
    labels: { 'app.kubernetes.io/component': component },
    selector: {
      app: 'kserve',
      'app.kubernetes.io/name': 'kserve',
      'control-plane': name,
      'controller-tools.k8s.io': '1.0',
    },
    podAnnotations: { 'kubectl.kubernetes.io/default-container': 'manager' },
    pod: { terminationGracePeriodSeconds: 10 },
    security: { privileged: false, runAsNonRoot: true },
    health: {
      port: { port: 8081 },
      liveness: { path: '/healthz', initialDelaySeconds: 30, timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 5 },
      readiness: { path: '/readyz', initialDelaySeconds: 30, timeoutSeconds: 5, periodSeconds: 5, failureThreshold: 5 },
    },
    resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { cpu: '100m', memory: '300Mi' } },
  } satisfies Partial<ControllerManagerProps>;
}

/** The port of a webhook server and the Service that leads to it. */
function webhookPort(service: string): Port {
  return { port: 9443, name: 'webhook-server', served: { service, name: 'https', port: 443 } };
}

/** A validating configuration of its own for each kind, as the controllers look for them by name. */
function validator(kind: Kind, operations: Parameters<typeof on>[0] = ['CREATE', 'UPDATE']): WebhookConfiguration {
  const name = kind.kind.toLowerCase();
  return {
    name: `${name}.${kind.group}`,
    webhooks: [
      {
        name: `${name}.kserve-webhook-server.validator`,
        path: `/validate-serving-kserve-io-${kind.version}-${name}`,
        rules: on(operations, kind),
      },
    ],
  };
}

/** The same for a kind of two versions, each with a webhook that sees objects as they were written. */
function versionedValidator(kinds: readonly Kind[], operations: Parameters<typeof on>[0]): WebhookConfiguration {
  const [{ group, kind }] = kinds as [Kind, ...Kind[]];
  const name = kind.toLowerCase();
  const webhook = (of: Kind): Webhook => ({
    name: `${name}.kserve-webhook-server.${of.version}.validator`,
    path: `/validate-serving-kserve-io-${of.version}-${name}`,
    matchPolicy: 'Exact',
    rules: on(operations, of),
  });
  return { name: `${name}.${group}`, webhooks: kinds.map(webhook) };
}

/** Metrics of the main controller: a proxy asks the API server who may read them. */
const METRICS: Port = { port: 8443, name: 'https' };
const METRICS_HEALTH: Port = { port: 10443, name: 'proxy-health' };
const LOCAL_METRICS = '127.0.0.1:8080';

/** InferenceServices, InferenceGraphs and TrainedModels. */
export function inferenceServiceController(scope: Component, { issuer, logging }: ControllerOptions): void {
  const name = 'kserve-controller-manager';
  const common = program(name, 'kserve');
  const secret = 'kserve-webhook-server-cert';
  new ControllerManager(scope, name, {
    ...common,
    image: images.kserve.controller,
    args: [`--metrics-addr=${LOCAL_METRICS}`, '--leader-elect', ...logging],
    env: [POD_NAMESPACE, { name: 'SECRET_NAME', value: secret }],
    roles: [
      { name: 'kserve-manager-role', binding: 'kserve-manager-rolebinding', permissions: CONTROLLER },
      { name: 'kserve-proxy-role', binding: 'kserve-proxy-rolebinding', permissions: METRICS_READERS },
    ],
    names: { container: 'manager', policy: 'kserve' },
    replicas: Replicas.electing({
      leases: ['kserve-controller-manager-leader-lock'],
      role: 'kserve-leader-election-role',
      binding: 'kserve-leader-election-rolebinding',
    }),
    sidecars: [metricsProxy()],
    webhooks: {
      port: webhookPort('kserve-webhook-server-service'),
      certificate: WebhookCertificate.issued({ name: 'serving-cert', secret, issuer }),
      mutating: [
        {
          name: 'inferenceservice.serving.kserve.io',
          webhooks: [
            {
              name: 'inferenceservice.kserve-webhook-server.defaulter',
              path: '/mutate-serving-kserve-io-v1beta1-inferenceservice',
              rules: on(['CREATE', 'UPDATE'], inferenceservices),
            },
            {
              name: 'inferenceservice.kserve-webhook-server.pod-mutator',
              path: '/mutate-pods',
              rules: on(['CREATE'], pods),
              namespaceSelector: { matchExpressions: [{ key: 'control-plane', operator: 'DoesNotExist' }] },
              objectSelector: { matchExpressions: [{ key: 'serving.kserve.io/inferenceservice', operator: 'Exists' }] },
              reinvocationPolicy: 'IfNeeded',
            },
          ],
        },
      ],
      validating: [clusterservingruntimes, inferencegraphs, inferenceservices, servingruntimes, trainedmodels].map((kind) =>
        validator(kind),
      ),
    },
  });
  scope.object(services, {
    metadata: {
      name: 'kserve-controller-manager-metrics-service',
      labels: { ...common.labels, ...common.selector },
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/scheme': 'https',
        'prometheus.io/port': `${METRICS.port}`,
      },
    },
    spec: { selector: common.selector, ports: [servicePort(METRICS)] },
  });
}

function metricsProxy() {
  return {
    name: 'kube-rbac-proxy',
    image: `${images.kserve.kubeRbacProxy}`,
    imagePullPolicy: 'IfNotPresent' as const,
    args: [
      `--secure-listen-address=0.0.0.0:${METRICS.port}`,
      `--proxy-endpoints-port=${METRICS_HEALTH.port}`,
      `--upstream=http://${LOCAL_METRICS}/`,
      '--logtostderr=true',
      '--v=0',
    ],
    ports: [METRICS, METRICS_HEALTH].map(containerPort),
    readinessProbe: { httpGet: { path: '/healthz', port: METRICS_HEALTH.name as string, scheme: 'HTTPS' as const } },
    resources: { requests: { cpu: '5m', memory: '32Mi' }, limits: { memory: '128Mi' } },
    securityContext: { ...RESTRICTED_CONTAINER, privileged: false, runAsNonRoot: true },
  };
}

/** The controller of models that are kept on nodes. */
export function localModelController(scope: Component, { issuer, logging }: ControllerOptions): void {
  const name = 'kserve-localmodel-controller-manager';
  new ControllerManager(scope, name, {
    ...program(name, 'localmodel'),
    image: images.kserve.localmodelController,
    args: ['--leader-elect', ...logging],
    env: [POD_NAMESPACE],
    roles: [
      {
        name: 'kserve-localmodel-manager-role',
        binding: 'kserve-localmodel-manager-rolebinding',
        permissions: LOCAL_MODEL_CONTROLLER,
      },
    ],
    names: { container: 'manager' },
    replicas: Replicas.electing({
      leases: ['kserve-local-model-manager-leader-lock'],
      role: 'kserve-localmodel-leader-election-role',
      binding: 'kserve-localmodel-leader-election-rolebinding',
    }),
    webhooks: {
      port: webhookPort('localmodel-webhook-server-service'),
      certificate: WebhookCertificate.issued({
        name: 'localmodel-serving-cert',
        secret: 'localmodel-webhook-server-cert',
        issuer,
      }),
      validating: [validator(localmodelcaches, ['CREATE', 'UPDATE', 'DELETE'])],
    },
  });
}

/** Name of the controller of LLMInferenceServices, whose webhooks convert between the versions of its kinds. */
export const LLM = 'llmisvc-controller-manager';

/** @param withPresets whether LLMInferenceServiceConfigs are validated */
export function llmWebhooks({ issuer }: ControllerOptions, withPresets: boolean): Webhooks {
  const ofPresets = versionedValidator(
    [llminferenceserviceconfigs, llminferenceserviceconfigsV1alpha1],
    ['CREATE', 'UPDATE', 'DELETE'],
  );
  return {
    port: webhookPort('llmisvc-webhook-server-service'),
    certificate: WebhookCertificate.issued({ name: 'llmisvc-serving-cert', secret: 'llmisvc-webhook-server-cert', issuer }),
    validating: [
      versionedValidator([llminferenceservices, llminferenceservicesV1alpha1], ['CREATE', 'UPDATE']),
      ...(withPresets ? [ofPresets] : []),
    ],
  };
}

/** LLMInferenceServices. */
export function llmController(scope: Component, { logging }: ControllerOptions, webhooks: Webhooks): void {
  const common = program(LLM, 'controller');
  const metrics: Port = {
    port: 8443,
    name: 'metrics',
    served: { service: 'llmisvc-controller-manager-service', name: 'https' },
  };
  new ControllerManager(scope, LLM, {
    ...common,
    image: images.kserve.llmisvcController,
    args: [`--metrics-addr=:${metrics.port}`, '--leader-elect', ...logging],
    env: [POD_NAMESPACE],
    ports: [metrics],
    pod: { terminationGracePeriodSeconds: 30 },
    security: { ...common.security, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    resources: { requests: { cpu: '100m', memory: '300Mi' }, limits: { cpu: '100m', memory: '300Mi' } },
    roles: [{ name: 'kserve-llmisvc-manager-role', binding: 'llmisvc-manager-rolebinding', permissions: LLM_CONTROLLER }],
    names: { container: 'manager' },
    replicas: Replicas.electing({
      leases: ['llminferenceservice-kserve-controller-manager'],
      role: 'llmisvc-leader-election-role',
      binding: 'llmisvc-leader-election-rolebinding',
    }),
    webhooks,
  });
}
