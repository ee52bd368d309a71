import type { Construct, IConstruct } from 'constructs';
import * as acme from '../../../crds-imports/acme.cert-manager.io';
import * as certManager from '../../../crds-imports/cert-manager.io';
import { type EnvVar, type ResourceRequirements, secrets, serviceaccounts } from '../../../crds-imports/core';
import { clusterroles } from '../../../crds-imports/rbac.authorization.k8s.io';
import { NamespaceBaseline } from '../../blocks/network/namespace-baseline';
import { ControllerManager, type ControllerManagerProps } from '../../blocks/server/controller-manager';
import type { Port } from '../../blocks/server/port';
import { Replicas } from '../../blocks/server/replicas';
import { WebhookCertificate } from '../../blocks/webhooks/webhook-certificate';
import { on } from '../../blocks/webhooks/webhooks';
import { ISSUER, type IssuerReference, Settings } from '../../contracts';
import { allow, Component, Existing, Permission, RANGES, READ, rangeProblems, refuse, World } from '../../core';
import { images } from '../../release/images';
import { SELF_SIGNING } from './issuer';
import { CAINJECTOR, CONTROLLER, USER_ROLES, WEBHOOK } from './permissions';

const NAMESPACE = 'cert-manager';
const VERSION = images.certManager.controller.tag as string;

/** Options of cert-manager. */
export interface CertManagerProps {
  /**
   * Verbosity of the three programs, 0 to 10.
   *
   * @default - the platform's, or else 2
   */
  readonly logLevel?: number;

  /**
   * Namespace of the leader election Leases.
   *
   * @default 'kube-system'
   */
  readonly leaderElectionNamespace?: string;

  /**
   * Replicas of each program, at least 1; the webhook answers from all of them, the others elect a leader.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * How many ACME challenges are worked on at once, at least 1.
   *
   * @default 60
   */
  readonly maxConcurrentChallenges?: number;
}

/** A cert-manager that the cluster has. */
export interface ExistingCertManager {
  /** Signs the platform's certificates. */
  readonly issuer: IssuerReference;
}

/** Requests of cert-manager's programs: what they use in a cluster of a few hundred certificates. Upstream gives none. */
const RESOURCES: ResourceRequirements = { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '512Mi' } };

const metricsPort = (name: string): Port => ({ port: 9402, name: 'http-metrics', served: { name } });

/**
 * Certificates for webhooks and gateways: controller, CA injector, webhook, and the self-signing ClusterIssuer of the platform.
 *
 * @see https://cert-manager.io/docs/
 */
export class CertManager extends Component {
  /** Signs the platform's certificates unless a component has an issuer of its own. */
  readonly issuer: IssuerReference = SELF_SIGNING;

  /** Says that the cluster has cert-manager, to everything below a construct. */
  static existing(scope: IConstruct, { issuer }: ExistingCertManager): void {
    World.declare(
      scope,
      Existing.namespace(NAMESPACE),
      Existing.kinds(...KINDS),
      issuer.kind === 'Issuer'
        ? Existing.object(certManager.issuers, issuer.name, '*')
        : Existing.object(certManager.clusterissuers, issuer.name),
    );
    ISSUER.offer(scope, issuer);
  }

  /** @throws ConstructError when a number is outside of its range */
  constructor(scope: Construct, id: string, props: CertManagerProps = {}) {
    super(scope, id, {
      namespace: NAMESPACE,
      labels: { 'app.kubernetes.io/component': 'cert-manager', 'app.kubernetes.io/name': 'cert-manager' },
    });
    const {
      logLevel = Settings.of(this).verbosity ?? 2,
      leaderElectionNamespace = 'kube-system',
      replicas = 1,
      maxConcurrentChallenges = 60,
    } = props;
    refuse(this, [
      ...rangeProblems(RANGES.verbosity, { logLevel }),
      ...rangeProblems(RANGES.positive, { replicas, maxConcurrentChallenges }),
    ]);

    new NamespaceBaseline(this, NAMESPACE, { policy: 'default-allow-same-namespace-cert-manager', admits: 'nobody' });
    this.definitions(KINDS);

    const program = (
      part: string,
      app: string,
    ): Pick<ControllerManagerProps, 'labels' | 'selector' | 'env' | 'pod' | 'podAnnotations' | 'resources'> => ({
      labels: { app, 'app.kubernetes.io/version': VERSION },
      selector: {
        'app.kubernetes.io/component': part,
        'app.kubernetes.io/instance': 'cert-manager',
        'app.kubernetes.io/name': app,
      },
      env: POD_NAMESPACE,
      pod: { nodeSelector: { 'kubernetes.io/os': 'linux' }, enableServiceLinks: false },
      podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9402', 'prometheus.io/path': '/metrics' },
      resources: RESOURCES,
    });

    new ControllerManager(this, 'cert-manager', {
      ...program('controller', 'cert-manager'),
      image: images.certManager.controller,
      names: { container: 'cert-manager-controller' },
      replicas: Replicas.electing(
        { namespace: leaderElectionNamespace, role: 'cert-manager:leaderelection', leases: ['cert-manager-controller'] },
        replicas,
      ),
      args: [
        `--v=${logLevel}`,
        '--cluster-resource-namespace=$(POD_NAMESPACE)',
        `--leader-election-namespace=${leaderElectionNamespace}`,
        `--acme-http01-solver-image=${images.certManager.acmesolver}`,
        `--max-concurrent-challenges=${maxConcurrentChallenges}`,
      ],
      ports: [metricsPort('tcp-prometheus-servicemonitor')],
      health: {
        port: { port: 9403, name: 'http-healthz' },
        liveness: {
          path: '/livez',
          scheme: 'HTTP',
          initialDelaySeconds: 10,
          periodSeconds: 10,
          timeoutSeconds: 15,
          failureThreshold: 8,
          successThreshold: 1,
        },
        readiness: { path: '/livez', periodSeconds: 10, timeoutSeconds: 5 },
      },
      roles: [
        ...CONTROLLER,
        {
          name: 'cert-manager-tokenrequest',
          namespace: NAMESPACE,
          permissions: [allow('create').on(serviceaccounts.sub('token')).named('cert-manager')],
        },
      ],
    });

    new ControllerManager(this, 'cert-manager-cainjector', {
      ...program('cainjector', 'cainjector'),
      image: images.certManager.cainjector,
      replicas: Replicas.electing(
        {
          namespace: leaderElectionNamespace,
          role: 'cert-manager-cainjector:leaderelection',
          leases: ['cert-manager-cainjector-leader-election', 'cert-manager-cainjector-leader-election-core'],
        },
        replicas,
      ),
      args: [`--v=${logLevel}`, `--leader-election-namespace=${leaderElectionNamespace}`],
      ports: [metricsPort('http-metrics')],
      health: {
        port: { port: 9402, name: 'http-metrics' },
        readiness: { path: '/metrics', periodSeconds: 10, timeoutSeconds: 5 },
      },
      permissions: CAINJECTOR,
    });

    const certificate = 'cert-manager-webhook-ca';
    new ControllerManager(this, 'cert-manager-webhook', {
      ...program('webhook', 'webhook'),
      image: images.certManager.webhook,
      names: { policy: 'cert-manager-webhook' },
      replicas: Replicas.any(replicas),
      args: [
        `--v=${logLevel}`,
        '--secure-port=10250',
        '--dynamic-serving-ca-secret-namespace=$(POD_NAMESPACE)',
        `--dynamic-serving-ca-secret-name=${certificate}`,
        ...['', '.$(POD_NAMESPACE)', '.$(POD_NAMESPACE).svc'].map(
          (suffix) => `--dynamic-serving-dns-names=cert-manager-webhook${suffix}`,
        ),
      ],
      ports: [metricsPort('metrics')],
      health: {
        port: { port: 6080, name: 'healthcheck' },
        liveness: {
          path: '/livez',
          scheme: 'HTTP',
          initialDelaySeconds: 60,
          periodSeconds: 10,
          timeoutSeconds: 1,
          failureThreshold: 3,
          successThreshold: 1,
        },
        readiness: {
          path: '/healthz',
          scheme: 'HTTP',
          initialDelaySeconds: 5,
          periodSeconds: 5,
          timeoutSeconds: 1,
          failureThreshold: 3,
          successThreshold: 1,
        },
      },
      roles: [
        { name: 'cert-manager-webhook:subjectaccessreviews', permissions: WEBHOOK },
        {
          name: 'cert-manager-webhook:dynamic-serving',
          namespace: NAMESPACE,
          permissions: [
            allow(...READ, 'update')
              .on(secrets)
              .named(certificate),
            allow('create').on(secrets),
          ],
        },
      ],
      webhooks: {
        port: { port: 10250, name: 'https', served: { port: 443 } },
        certificate: WebhookCertificate.injectedFromSecret(certificate),
        mutating: [
          {
            name: 'cert-manager-webhook',
            webhooks: [
              {
                name: 'webhook.cert-manager.io',
                path: '/mutate',
                rules: on(['CREATE'], certManager.certificaterequests),
                matchPolicy: 'Equivalent',
                timeoutSeconds: 30,
              },
            ],
          },
        ],
        validating: [
          {
            name: 'cert-manager-webhook',
            webhooks: [
              {
                name: 'webhook.cert-manager.io',
                path: '/validate',
                rules: [
                  {
                    apiGroups: ['cert-manager.io', 'acme.cert-manager.io'],
                    apiVersions: ['v1'],
                    operations: ['CREATE', 'UPDATE'],
                    resources: ['*/*'],
                  },
                ],
                matchPolicy: 'Equivalent',
                timeoutSeconds: 30,
                namespaceSelector: {
                  matchExpressions: [{ key: 'cert-manager.io/disable-validation', operator: 'NotIn', values: ['true'] }],
                },
              },
            ],
          },
        ],
      },
    });

    for (const { name, aggregateTo, permissions } of USER_ROLES) {
      const labels = Object.fromEntries(aggregateTo.map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true']));
      this.object(clusterroles, {
        metadata: { name, labels: { app: 'cert-manager', 'app.kubernetes.io/component': 'controller', ...labels } },
        rules: Permission.rules(permissions),
      });
    }
    this.object(certManager.clusterissuers, { metadata: { name: SELF_SIGNING.name }, spec: { selfSigned: {} } });
  }
}

/** Kinds that it defines. */
export const KINDS = [
  certManager.certificaterequests,
  certManager.certificates,
  certManager.clusterissuers,
  certManager.issuers,
  acme.challenges,
  acme.orders,
];

const POD_NAMESPACE: EnvVar[] = [{ name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }];
