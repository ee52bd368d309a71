import type { Construct } from 'constructs';
import { deployments } from '../../../crds-imports/apps';
import { subjectaccessreviews } from '../../../crds-imports/authorization.k8s.io';
import { horizontalpodautoscalers } from '../../../crds-imports/autoscaling';
import { type EnvVar, events, namespaces, pods, type ResourceRequirements, services } from '../../../crds-imports/core';
import * as knative from '../../../crds-imports/serving.knative.dev';
import { inferencegraphs, inferenceservices, servingruntimes, trainedmodels } from '../../../crds-imports/serving.kserve.io';
import { ControllerManager } from '../../blocks/controller-manager';
import type { Port } from '../../blocks/port';
import type { Health } from '../../blocks/probe';
import { Replication } from '../../blocks/replication';
import { USER_HEADER, WebAppAccess } from '../../blocks/web-app-access';
import { allow, Component, MANAGE, type Permission, READ } from '../../core';
import { images } from '../../release/images';
import { KUBEFLOW } from '../../release/namespaces';

const NAME = 'kserve-models-web-application';

/** How the web application of KServe treats what its access says of users. */
export interface WebAppAuthentication {
  /**
   * What the header's value begins with and the user's name does not.
   *
   * @default - nothing
   */
  readonly userPrefix?: string;

  /**
   * Whether the cookie against forged requests is sent over HTTPS only. With `true` nothing can be changed through a gateway that
   * speaks HTTP.
   *
   * @default - true; false for a port-forward
   */
  readonly secureCookies?: boolean;
}

/** Dashboards of Grafana that the application shows beside a model. */
export interface GrafanaDashboards {
  /**
   * Path of Grafana on the host of the application.
   *
   * @default '/grafana'
   */
  readonly prefix?: string;

  /** @default 'db/knative-serving-revision-cpu-and-memory-usage' */
  readonly cpuAndMemory?: string;

  /** @default 'db/knative-serving-revision-http-requests' */
  readonly httpRequests?: string;
}

/** Options of the web application of KServe. */
export interface KServeModelsWebAppProps {
  /**
   * How users reach the application.
   *
   * @default - the gateway of the platform's mesh; without a mesh `WebAppAccess.portForward`
   */
  readonly access?: WebAppAccess;

  /**
   * How the application treats the header that names its users. Behind a port-forward there is none, and one user, who may forward ports.
   *
   * @default - the header's value is the user's name
   */
  readonly authentication?: WebAppAuthentication;

  /** @default - the dashboards of Knative's own collection */
  readonly grafana?: GrafanaDashboards;

  /**
   * Requests and limits of the application.
   *
   * @default - requests of 100m CPU and 256Mi memory, a limit of 1Gi memory; upstream gives none
   */
  readonly resources?: ResourceRequirements;
}

/**
 * The web application of KServe: lists, shows, makes and deletes InferenceServices. It asks the API server whether a user may do
 * what it does for them.
 *
 * @see https://github.com/kserve/models-web-app/tree/v0.18.0
 */
export class KServeModelsWebApp extends Component {
  /** @throws ConstructError when users are to come through a mesh that the platform does not have */
  constructor(scope: Construct, id: string, props: KServeModelsWebAppProps = {}) {
    super(scope, id, { namespace: KUBEFLOW, labels: { app: 'kserve', 'app.kubernetes.io/name': 'kserve' } });
    const { resources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } } } = props;
    const access = props.access ?? WebAppAccess.ofPlatform(this);
    const forwarded = access.userHeader === undefined;
    const server = new ControllerManager(this, NAME, {
      image: images.kserve.modelsWebApp,
      replication: forwarded ? Replication.impossible('a port-forward reaches one pod') : Replication.stateless,
      ...(forwarded && {
        command: ['gunicorn', '--workers', '3', '--bind', `${LOOPBACK}:${PORT.port}`, '--access-logfile', '-', 'entrypoint:app'],
      }),
      env: environment(access, props),
      selector: SELECTOR,
      podAnnotations: { 'sidecar.istio.io/inject': `${access.inMesh}` },
      ports: [forwarded ? { ...PORT, served: undefined } : PORT],
      health: health(forwarded),
      resources,
      roles: [{ name: `${NAME}-cluster-role`, binding: `${NAME}-binding`, permissions: PERMISSIONS }],
      security: { runAsUser: 1000 },
      scratch: ['/tmp'],
    });
    access.expose(server, { name: NAME, namespace: KUBEFLOW, selector: SELECTOR, port: PORT, path: PATH, servesAt: '/' });
  }
}

const PORT: Port = { port: 5000, name: 'http', served: { port: 80, byNumber: true } };
const PATH = '/kserve-endpoints/';
const LOOPBACK = '127.0.0.1';
const SELECTOR = {
  app: 'kserve',
  'app.kubernetes.io/component': NAME,
  'app.kubernetes.io/name': 'kserve',
  'kustomize.component': NAME,
};

/** The kubelet does not reach the loopback address of a pod; a command in the container does. */
function health(forwarded: boolean): Health {
  const timings = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1 };
  const request = (path: string) => `import urllib.request as r; r.urlopen('http://${LOOPBACK}:${PORT.port}${path}')`;
  const probe = (path: string) =>
    forwarded
      ? { command: ['python', '-c', request(path)], ...timings, initialDelaySeconds: 5, periodSeconds: 30, timeoutSeconds: 10 }
      : { path, ...timings };
  return { port: PORT, liveness: probe('/healthz/liveness'), readiness: probe('/healthz/readiness') };
}

/** In the Deployment itself, so that a change reaches the running pods. */
function environment(
  { inMesh, userHeader }: WebAppAccess,
  { authentication = {}, grafana = {} }: KServeModelsWebAppProps,
): EnvVar[] {
  const authenticated = userHeader !== undefined;
  const { userPrefix = '', secureCookies = authenticated } = authentication;
  const variables = {
    APP_PREFIX: inMesh ? PATH.replace(/\/$/, '') : '/',
    APP_DISABLE_AUTH: `${!authenticated}`,
    APP_SECURE_COOKIES: `${secureCookies}`,
    USERID_HEADER: userHeader ?? USER_HEADER,
    USERID_PREFIX: userPrefix,
    GRAFANA_PREFIX: grafana.prefix ?? '/grafana',
    GRAFANA_CPU_MEMORY_DB: grafana.cpuAndMemory ?? 'db/knative-serving-revision-cpu-and-memory-usage',
    GRAFANA_HTTP_REQUESTS_DB: grafana.httpRequests ?? 'db/knative-serving-revision-http-requests',
    // Tokens of some identity providers are longer than the 8190 bytes that it takes otherwise.
    GUNICORN_CMD_ARGS: '--limit-request-field_size 32000',
  };
  return Object.entries(variables).map(([name, value]) => ({ name, value }));
}

const shown = [knative.services, knative.routes, knative.configurations, knative.revisions];
const managed = [inferenceservices, inferencegraphs, trainedmodels];

const PERMISSIONS: readonly Permission[] = [
  allow('create').on(subjectaccessreviews),
  allow('get', 'list').on(namespaces, pods, pods.sub('log'), events),
  allow(...MANAGE, 'deletecollection').on(...managed.flatMap((kind) => [kind, kind.sub('status')])),
  // What a model consists of: in the mode Standard, in the mode Knative.
  allow('get', 'list').on(deployments, services, horizontalpodautoscalers),
  allow('get', 'list').on(...shown.flatMap((kind) => [kind, kind.sub('status')])),
  allow(...READ).on(servingruntimes),
];
