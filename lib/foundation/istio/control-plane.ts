import type { Construct } from 'constructs';
import { configmaps } from '../../../crds-imports/core';
import { Callers } from '../../blocks/network/callers';
import { PodVolume } from '../../blocks/server/pod-volume';
import { Replicas } from '../../blocks/server/replicas';
import { Server } from '../../blocks/server/server';
import { AUTHORIZER } from '../../contracts';
import { declare } from '../../core';
import { toYaml } from '../../core/yaml';
import { images } from '../../release/images';
import { ofField, ofLimit } from './environment';
import { injector } from './injection';
import { meshConfig } from './mesh-config';
import { CLUSTER, DOMAIN, partOfIstio, REVISION, ROOT, TOKEN } from './names';
import { ISTIOD } from './permissions';
import { of } from './proxy-volumes';
import { meshWebhooks } from './webhooks';

/**
 * istiod: it tells the proxies where to send what, gives them certificates, puts them into pods, and checks the objects of the mesh.
 *
 * @see https://istio.io/latest/docs/ops/deployment/architecture/#istiod
 */
export function controlPlane(scope: Construct): void {
  const labels = { ...partOfIstio('istiod'), ...REVISION };
  declare(scope, configmaps, {
    metadata: { name: 'istio', namespace: ROOT, labels },
    data: { mesh: toYaml(meshConfig(AUTHORIZER.all(scope))), meshNetworks: 'networks: {}' },
  });
  injector(scope, labels);
  new Server(scope, 'istiod', {
    image: images.istio.pilot,
    names: { container: 'discovery' },
    labels,
    selector: { app: 'istiod', istio: 'pilot' },
    podLabels: { 'istio.io/dataplane-mode': 'none' },
    podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '15014', 'sidecar.istio.io/inject': 'false' },
    args: [
      'discovery',
      '--monitoringAddr=:15014',
      '--log_output_level=default:info',
      '--domain',
      DOMAIN,
      '--keepaliveMaxServerConnectionAge',
      '30m',
    ],
    env: [
      { name: 'REVISION', value: REVISION['istio.io/rev'] },
      { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
      ofField('POD_NAME', 'metadata.name'),
      ofField('POD_NAMESPACE', 'metadata.namespace'),
      ofField('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
      { name: 'KUBECONFIG', value: '/var/run/secrets/remote/config' },
      { name: 'CA_TRUSTED_NODE_ACCOUNTS', value: `${ROOT}/ztunnel` },
      { name: 'PILOT_TRACE_SAMPLING', value: '1' },
      { name: 'PILOT_ENABLE_ANALYSIS', value: 'false' },
      { name: 'CLUSTER_ID', value: CLUSTER },
      ofLimit('GOMAXPROCS', 'limits.cpu'),
      { name: 'ENABLE_NATIVE_SIDECARS', value: 'true' },
      { name: 'ENABLE_DEBUG_ON_HTTP', value: 'false' },
      { name: 'PILOT_JWT_PUB_KEY_REFRESH_INTERVAL', value: '1m' },
    ],
    ports: [
      { port: 8080, name: 'http-debug' },
      { port: 15010, name: 'grpc-xds', served: {} },
      { port: 15012, name: 'tls-xds', served: { name: 'https-dns' }, callers: [Callers.anyPod] },
      {
        port: 15017,
        name: 'https-webhooks',
        served: { name: 'https-webhook', port: 443, byNumber: true },
        callers: [Callers.apiServer],
      },
      { port: 15014, name: 'http-monitoring', served: {} },
    ],
    health: {
      port: { port: 8080, name: 'http-debug' },
      readiness: { path: '/ready', initialDelaySeconds: 1, periodSeconds: 3, timeoutSeconds: 5 },
    },
    resources: { requests: { cpu: '500m', memory: '2Gi' } },
    pod: { tolerations: [{ key: 'cni.istio.io/not-ready', operator: 'Exists' }] },
    replicas: Replicas.scaled(1, 5, 80),
    strategy: { maxSurge: '100%', maxUnavailable: '25%' },
    roles: ISTIOD,
    volumes: [
      of({ name: 'local-certs', emptyDir: { medium: 'Memory' } }, '/var/run/secrets/istio-dns'),
      PodVolume.token(TOKEN),
      optionalSecret('cacerts', 'cacerts', '/etc/cacerts'),
      optionalSecret('istio-kubeconfig', 'istio-kubeconfig', '/var/run/secrets/remote'),
      optionalSecret('istio-csr-dns-cert', 'istiod-tls', '/var/run/secrets/istiod/tls'),
      of(
        { name: 'istio-csr-ca-configmap', configMap: { name: 'istio-ca-root-cert', optional: true } },
        '/var/run/secrets/istiod/ca',
        {
          readOnly: true,
        },
      ),
    ],
  });
  meshWebhooks(scope, labels);
}

/** A Secret by which one gives istiod a CA of one's own, or another cluster. */
function optionalSecret(name: string, secretName: string, path: string): PodVolume {
  return of({ name, secret: { secretName, optional: true } }, path, { readOnly: true });
}
