import type { Construct } from 'constructs';
import { type Container, configmaps, type PodSpec } from '../../../crds-imports/core';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../../blocks/server/security';
import { declare, type Labels } from '../../core';
import { toYaml } from '../../core/yaml';
import { images } from '../../release/images';
import { ofField, ofLimit } from './environment';
import { CLUSTER, DISCOVERY, DOMAIN, ROOT } from './names';
import { proxyVolumes } from './proxy-volumes';

// Texts are templates of Go, over the pod and the configuration of the mesh. Go's own quotes are backquotes, since YAML may quote
// the texts; a text with quotes in its result ends with a line break, so that YAML quotes nothing.

/** An annotation of the pod, or else a value. */
const annotation = (name: string, otherwise: string) => `{{ annotation .ObjectMeta \`${name}\` \`${otherwise}\` }}`;

/** A label of the pod, or else the first other label that it has, or else a value. */
const label = (names: readonly string[], otherwise: string) =>
  `{{ ${names
    .map((name) => `index .ObjectMeta.Labels \`${name}\``)
    .reduceRight((rest, one) => `${one} | default (${rest})`, otherwise)} }}`;

const traffic = (name: string) => `traffic.sidecar.istio.io/${name}`;
const INTERCEPTED = {
  outboundRanges: annotation(traffic('includeOutboundIPRanges'), '*'),
  excludedRanges: annotation(traffic('excludeOutboundIPRanges'), ''),
  inboundPorts: annotation(traffic('includeInboundPorts'), '*'),
  excludedPorts: `{{ excludeInboundPort 15020 (annotation .ObjectMeta \`${traffic('excludeInboundPorts')}\` \`\`) }}`,
};

const SECURITY = {
  ...RESTRICTED_CONTAINER,
  seccompProfile: RESTRICTED_POD.seccompProfile,
  privileged: false,
  runAsNonRoot: true,
  runAsUser: 1337,
  runAsGroup: 1337,
};

const image = annotation('sidecar.istio.io/proxyImage', images.istio.proxy.toString());
const logging = `--log_output_level=${annotation('sidecar.istio.io/agentLogLevel', 'default:info')}`;

/** Requests and limits that upstream has; annotations of a pod change them. */
const RESOURCES = {
  requests: {
    cpu: annotation('sidecar.istio.io/proxyCPU', '10m'),
    memory: annotation('sidecar.istio.io/proxyMemory', '40Mi'),
  },
  limits: {
    cpu: annotation('sidecar.istio.io/proxyCPULimit', '2'),
    memory: annotation('sidecar.istio.io/proxyMemoryLimit', '1Gi'),
  },
};

/** Fails where the CNI plugin of the node has not redirected the traffic of the pod; the plugin then removes the pod. */
const validation: Container = {
  name: 'istio-validation',
  image,
  args: [
    'istio-iptables',
    ...['-p', '15001', '-z', '15006', '-u', '1337', '-m', 'REDIRECT'],
    ...['-i', INTERCEPTED.outboundRanges, '-x', INTERCEPTED.excludedRanges],
    ...['-b', INTERCEPTED.inboundPorts, '-d', `15090,15021,${INTERCEPTED.excludedPorts}`],
    logging,
    '--run-validation',
    '--skip-rule-apply',
  ],
  resources: RESOURCES,
  securityContext: SECURITY,
};

const ready = { httpGet: { path: '/healthz/ready', port: 15021 } };
const volumes = proxyVolumes({ labelsVolume: 'istio-podinfo', memory: true });

/** The proxy, as a sidecar that Kubernetes itself starts before the program and ends after it. */
const proxy: Container = {
  name: 'istio-proxy',
  image,
  restartPolicy: 'Always',
  args: [
    'proxy',
    'sidecar',
    '--domain',
    `$(POD_NAMESPACE).svc.${DOMAIN}`,
    `--proxyLogLevel=${annotation('sidecar.istio.io/logLevel', 'warning')}`,
    `--proxyComponentLogLevel=${annotation('sidecar.istio.io/componentLogLevel', 'misc:error')}`,
    logging,
  ],
  ports: [{ containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' }],
  env: [
    { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
    { name: 'CA_ADDR', value: DISCOVERY },
    ofField('POD_NAME', 'metadata.name'),
    ofField('POD_NAMESPACE', 'metadata.namespace'),
    ofField('INSTANCE_IP', 'status.podIP'),
    ofField('HOST_IP', 'status.hostIP'),
    ofField('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    ofLimit('ISTIO_CPU_LIMIT', 'limits.cpu'),
    ofLimit('GOMEMLIMIT', 'limits.memory'),
    ofLimit('GOMAXPROCS', 'limits.cpu'),
    { name: 'PROXY_CONFIG', value: '{{ protoToJSON .ProxyConfig }}\n' },
    {
      name: 'ISTIO_META_POD_PORTS',
      value:
        '[{{ $first := true }}{{ range .Spec.Containers }}{{ range .Ports }}{{ if not $first }},{{ end }}{{ structToJSON . }}{{ $first = false }}{{ end }}{{ end }}]\n',
    },
    {
      name: 'ISTIO_META_APP_CONTAINERS',
      value: '{{ range $index, $container := .Spec.Containers }}{{ if $index }},{{ end }}{{ $container.Name }}{{ end }}',
    },
    { name: 'ISTIO_META_CLUSTER_ID', value: CLUSTER },
    { name: 'ISTIO_META_INTERCEPTION_MODE', value: 'REDIRECT' },
    { name: 'ISTIO_META_MESH_ID', value: DOMAIN },
    { name: 'TRUST_DOMAIN', value: DOMAIN },
    { name: 'ISTIO_META_WORKLOAD_NAME', value: label(['service.istio.io/workload-name'], '.DeploymentMeta.Name') },
    {
      name: 'ISTIO_META_OWNER',
      value:
        'kubernetes://apis/{{ .TypeMeta.APIVersion }}/namespaces/{{ valueOrDefault .DeploymentMeta.Namespace `default` }}/{{ toLower .TypeMeta.Kind }}s/{{ .DeploymentMeta.Name }}',
    },
    ofField('ISTIO_META_NODE_NAME', 'spec.nodeName'),
  ],
  resources: RESOURCES,
  securityContext: SECURITY,
  startupProbe: { ...ready, periodSeconds: 1, timeoutSeconds: 3, failureThreshold: 600 },
  readinessProbe: { ...ready, periodSeconds: 15, timeoutSeconds: 3, failureThreshold: 4 },
  // The program goes on until it is told; until then the proxy serves it, and takes nothing new.
  lifecycle: { preStop: { exec: { command: ['pilot-agent', 'request', '--debug-port=15020', 'POST', 'drain'] } } },
  volumeMounts: volumes.map(({ mount }) => mount),
};

/** What the injector adds to a pod. */
export const SIDECAR: { readonly metadata: { labels: Labels; annotations: Labels }; readonly spec: PodSpec } = {
  metadata: {
    labels: {
      'security.istio.io/tlsMode': label(['security.istio.io/tlsMode'], '`istio`'),
      'service.istio.io/canonical-name': label(
        ['service.istio.io/canonical-name', 'app.kubernetes.io/name', 'app'],
        '.DeploymentMeta.Name | trunc 63 | trimSuffix `-`',
      ),
      'service.istio.io/canonical-revision': label(
        ['service.istio.io/canonical-revision', 'app.kubernetes.io/version', 'version'],
        '`latest`',
      ),
    },
    annotations: {
      'istio.io/rev': '{{ .Revision | default `default` }}',
      'sidecar.istio.io/interceptionMode': 'REDIRECT',
      [traffic('includeOutboundIPRanges')]: INTERCEPTED.outboundRanges,
      [traffic('excludeOutboundIPRanges')]: INTERCEPTED.excludedRanges,
      [traffic('includeInboundPorts')]: INTERCEPTED.inboundPorts,
      [traffic('excludeInboundPorts')]: INTERCEPTED.excludedPorts,
    },
  },
  spec: {
    initContainers: [validation, proxy],
    containers: [],
    volumes: volumes.map(({ volume }) => volume),
  },
};

/**
 * Tells istiod what to add to pods: one template, for one kind of proxy. A program that has none of Istio's privileges gets none by
 * it: the pods hold against the pod security standard `restricted`.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#customizing-injection
 */
export function injector(scope: Construct, labels: Labels): void {
  const { containers: _, ...spec } = SIDECAR.spec;
  declare(scope, configmaps, {
    metadata: { name: 'istio-sidecar-injector', namespace: ROOT, labels },
    data: {
      config: toYaml({
        policy: 'enabled',
        defaultTemplates: ['sidecar'],
        templates: { sidecar: toYaml({ ...SIDECAR, spec }) },
      }),
      values: toYaml({
        global: { istioNamespace: ROOT, proxy: { statusPort: 15020 } },
        pilot: { cni: { enabled: true } },
        sidecarInjectorWebhook: { rewriteAppHTTPProbe: true },
      }),
    },
  });
}
