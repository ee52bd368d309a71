import type { Construct } from 'constructs';
import { type EnvVar, secrets } from '../../../crds-imports/core';
import { authorizationpolicies } from '../../../crds-imports/security.istio.io';
import { Replicas } from '../../blocks/server/replicas';
import { Server, type ServiceType } from '../../blocks/server/server';
import type { LocalGatewayPods, Port } from '../../contracts';
import { allow, declare, type Labels, READ } from '../../core';
import { images } from '../../release/images';
import { ofField, ofLimit } from './environment';
import { CLUSTER, DISCOVERY, DOMAIN, partOfIstio, REVISION, ROOT } from './names';
import { of, proxyVolumes } from './proxy-volumes';

/** A gateway of the mesh: proxies that forward what comes to them. */
export interface GatewayProxyProps {
  /** Labels by which Gateways select its pods. */
  readonly selector: Labels;
  readonly ports: readonly Port[];
  /** @default 'ClusterIP' */
  readonly serviceType?: ServiceType;
  /** Annotations of its Service, by which a cloud makes its load balancer. @default - none */
  readonly serviceAnnotations?: Labels;
  /** Further environment variables. @default - none */
  readonly env?: readonly EnvVar[];
}

const METRICS: Port = { port: 15090, name: 'http-envoy-prom' };

/** The pods of a gateway, as others know them, by its name. */
export function gatewayPods(name: string, selector: Labels): LocalGatewayPods {
  return { namespace: ROOT, pods: selector, principal: `${DOMAIN}/ns/${ROOT}/sa/${name}-service-account` };
}

/** Declares a gateway. Everybody who reaches its ports may use it: who may reach them, the callers of the ports say. */
export function gatewayProxy(scope: Construct, name: string, props: GatewayProxyProps): void {
  const { selector, ports, serviceType, serviceAnnotations, env = [] } = props;
  new Server(scope, name, {
    image: images.istio.proxy,
    names: { serviceAccount: `${name}-service-account`, container: 'istio-proxy' },
    selector,
    labels: { ...partOfIstio('istio-ingressgateway'), ...REVISION, 'istio.io/dataplane-mode': 'none' },
    podLabels: { 'service.istio.io/canonical-name': name, 'service.istio.io/canonical-revision': 'latest' },
    podAnnotations: {
      'istio.io/rev': 'default',
      'prometheus.io/path': '/stats/prometheus',
      'prometheus.io/port': '15020',
      'prometheus.io/scrape': 'true',
      'sidecar.istio.io/inject': 'false',
    },
    args: [
      'proxy',
      'router',
      '--domain',
      `$(POD_NAMESPACE).svc.${DOMAIN}`,
      '--proxyLogLevel=warning',
      '--proxyComponentLogLevel=misc:error',
      '--log_output_level=default:info',
    ],
    env: [...env, ...environment(name)],
    ports: [...ports, METRICS],
    serviceType,
    serviceAnnotations,
    health: {
      port: { port: 15021 },
      readiness: {
        path: '/healthz/ready',
        scheme: 'HTTP',
        initialDelaySeconds: 1,
        periodSeconds: 2,
        timeoutSeconds: 1,
        successThreshold: 1,
        failureThreshold: 30,
      },
    },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2', memory: '1Gi' } },
    podSecurity: { runAsUser: 1337, runAsGroup: 1337 },
    security: { privileged: false },
    replicas: Replicas.scaled(1, 5, 80),
    strategy: { maxSurge: '100%', maxUnavailable: '25%' },
    // Certificates of Gateways are beside the pods, and istiod asks whether the pods may read them.
    roles: [{ name: `${name}-sds`, namespace: ROOT, permissions: [allow(...READ).on(secrets)] }],
    apiToken: false,
    volumes: [
      ...proxyVolumes({ labelsVolume: 'podinfo', memory: false }),
      of({ name: 'config-volume', configMap: { name: 'istio', optional: true } }, '/etc/istio/config'),
    ],
  });
  declare(scope, authorizationpolicies, {
    metadata: { name, namespace: ROOT, labels: selector },
    spec: { action: 'ALLOW', selector: { matchLabels: selector }, rules: [{}] },
  });
}

function environment(name: string): EnvVar[] {
  return [
    { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
    { name: 'CA_ADDR', value: DISCOVERY },
    ofField('NODE_NAME', 'spec.nodeName'),
    ofField('POD_NAME', 'metadata.name'),
    ofField('POD_NAMESPACE', 'metadata.namespace'),
    ofField('INSTANCE_IP', 'status.podIP'),
    ofField('HOST_IP', 'status.hostIP'),
    ofLimit('ISTIO_CPU_LIMIT', 'limits.cpu'),
    ofField('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    { name: 'ISTIO_META_WORKLOAD_NAME', value: name },
    { name: 'ISTIO_META_OWNER', value: `kubernetes://apis/apps/v1/namespaces/${ROOT}/deployments/${name}` },
    { name: 'ISTIO_META_MESH_ID', value: DOMAIN },
    { name: 'TRUST_DOMAIN', value: DOMAIN },
    { name: 'ISTIO_META_UNPRIVILEGED_POD', value: 'true' },
    { name: 'ISTIO_META_CLUSTER_ID', value: CLUSTER },
    ofField('ISTIO_META_NODE_NAME', 'spec.nodeName'),
  ];
}
