import type { Construct, IConstruct } from 'constructs';
import { deployments } from '../../../crds-imports/apps';
import { subjectaccessreviews } from '../../../crds-imports/authorization.k8s.io';
import { horizontalpodautoscalers } from '../../../crds-imports/autoscaling';
import { type EnvVar, events, namespaces, pods, type ResourceRequirements, services } from '../../../crds-imports/core';
import * as knative from '../../../crds-imports/serving.knative.dev';
import { inferencegraphs, inferenceservices, servingruntimes, trainedmodels } from '../../../crds-imports/serving.kserve.io';
import { PodVolume } from '../../blocks/server/pod-volume';
import type { ProbeCommand } from '../../blocks/server/probe';
import { type Users, WebApp } from '../../blocks/web-app/web-app';
import { USER_HEADER, type WebAppAccess } from '../../blocks/web-app/web-app-access';
import { allow, Component, Existing, MANAGE, type Permission, READ, World } from '../../core';
import { images } from '../../release/images';
import { KUBEFLOW } from '../../release/namespaces';

const NAME = 'kserve-models-web-application';
const PORT = { port: 5000, name: 'http', served: { port: 80, byNumber: true } };

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
   * How users reach the application, and who tells it who they are.
   *
   * @default - through the gateway of the platform's mesh; a port-forward where it has none
   */
  readonly access?: WebAppAccess;

  /**
   * What the header that names the user begins with and the user's name does not.
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
  /** Says that the cluster has it, to everything below a construct. */
  static existing(scope: IConstruct): void {
    World.declare(scope, Existing.namespace(KUBEFLOW));
  }

  /** @throws ConstructError when users are to come through a mesh that the platform does not have */
  constructor(scope: Construct, id: string, props: KServeModelsWebAppProps = {}) {
    super(scope, id, { namespace: KUBEFLOW, labels: { app: 'kserve', 'app.kubernetes.io/name': 'kserve' } });
    const { access, resources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } } } = props;
    new WebApp(this, NAME, {
      image: images.kserve.modelsWebApp,
      access,
      port: PORT,
      route: { prefix: '/kserve-endpoints/' },
      start: (users) => ({
        ...(users.address && { command: serve(users.address) }),
        env: environment(users, props),
      }),
      probes: { liveness: { path: '/healthz/liveness', ...TIMINGS }, readiness: { path: '/healthz/readiness', ...TIMINGS } },
      askItself,
      selector: {
        app: 'kserve',
        'app.kubernetes.io/component': NAME,
        'app.kubernetes.io/name': 'kserve',
        'kustomize.component': NAME,
      },
      resources,
      roles: [{ name: `${NAME}-cluster-role`, binding: `${NAME}-binding`, permissions: PERMISSIONS }],
      security: { runAsUser: 1000 },
      // Its server keeps a file there for each worker.
      volumes: [PodVolume.scratch('/tmp', 'tmp')],
    });
  }
}

/** The image's own command, on another address. */
function serve(address: string): string[] {
  return ['gunicorn', '--workers', '3', '--bind', `${address}:${PORT.port}`, '--access-logfile', '-', 'entrypoint:app'];
}

const TIMINGS = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1 };

function askItself(url: string): ProbeCommand {
  const request = `import urllib.request as r; r.urlopen('${url}')`;
  return { command: ['python', '-c', request], initialDelaySeconds: 5, periodSeconds: 30, timeoutSeconds: 10 };
}

/** In the Deployment itself, so that a change reaches the running pods. */
function environment({ header, path }: Users, props: KServeModelsWebAppProps): EnvVar[] {
  const { userPrefix = '', secureCookies = header !== undefined, grafana = {} } = props;
  const variables = {
    APP_PREFIX: path.slice(0, -1) || '/',
    // Nobody else reaches it where there is nobody to say who the user is.
    APP_DISABLE_AUTH: `${header === undefined}`,
    APP_SECURE_COOKIES: `${secureCookies}`,
    USERID_HEADER: header ?? USER_HEADER,
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
