import type { Container, PodSpec, Probe, SecurityContext } from '../../../crds-imports/core';
import type { LLMInferenceServiceSpec } from '../../../crds-imports/serving.kserve.io';
import { images } from '../../release/images';

/**
 * What the parts of an LLMInferenceService look like unless it says so itself. The controller picks presets by their names and
 * fills in the Go templates, whose data are the service and a few settings of KServe.
 *
 * @see https://github.com/kserve/kserve/tree/v0.18.0/config/llmisvcconfig
 */

/** Port of a service; a server behind the routing sidecar listens on the next one. */
const PORT = 8000;
const BEHIND_SIDECAR = 8001;

const SCHEDULER_PORT = 9002;
const SCHEDULER_HEALTH = 9003;
const TOKENIZER_HEALTH = 8082;

const TLS_FOLDER = '/var/run/kserve/tls';

/** Name of the Secret with the certificate of a service; its controller makes it. */
export const TLS_SECRET = childName('-kserve-self-signed-certs');

const POOL = childName('-inference-pool');
/** The type knows nothing of templates. */
const SCHEME = `${withTls('HTTPS')}${withoutTls('HTTP')}` as 'HTTPS';

/** Name of something that the controller makes for a service. */
function childName(suffix: string): string {
  return `{{ ChildName .ObjectMeta.Name \`${suffix}\` }}`;
}

function withTls(text: string): string {
  return `{{ if .GlobalConfig.EnableTLS }}${text}{{ end }}`;
}

function withoutTls(text: string): string {
  return `{{ if not .GlobalConfig.EnableTLS }}${text}{{ end }}`;
}

const RESTRICTED: SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Servers on several nodes pin memory and open raw sockets for their network. */
const RDMA: SecurityContext = { ...RESTRICTED, capabilities: { drop: ['ALL'], add: ['IPC_LOCK', 'SYS_RAWIO', 'NET_RAW'] } };

const tlsMount = { name: 'tls-certs', mountPath: TLS_FOLDER, readOnly: true };
const tlsVolume = { name: 'tls-certs', secret: { secretName: TLS_SECRET } };

/** Where a program finds certificates of its own cluster. */
const CERTIFICATE_FOLDERS = {
  name: 'SSL_CERT_DIR',
  value: `${TLS_FOLDER}:/var/run/secrets/kubernetes.io/serviceaccount:/etc/pki/tls/certs`,
};

function asked(path: string, port: number, scheme: 'HTTP' | 'HTTPS', timings: Probe): Probe {
  return { httpGet: { path, port, scheme }, ...timings };
}

/** Which of the two roles of a service a server has: both or decoding, or prefilling. */
type Side = '.Spec' | '.Spec.Prefill';

/** What the members of a group of servers on several nodes are told. */
function dataParallel(side: Side, startRank: string): string[] {
  const { size, local, port } = {
    size: `{{ or ${side}.Parallelism.Data 1 }}`,
    local: `{{ or ${side}.Parallelism.DataLocal 1 }}`,
    port: `{{ or ${side}.Parallelism.DataRPCPort 5555 }}`,
  };
  return [
    `{{ if ${side}.Parallelism.Expert }}--enable-expert-parallel{{ end }}`,
    `{{ if ${side}.Parallelism.Tensor }}--tensor-parallel-size={{ ${side}.Parallelism.Tensor }}{{ end }}`,
    `--data-parallel-size=${size}`,
    `--data-parallel-size-local=${local}`,
    `--data-parallel-address="\${leader:-$LWS_LEADER_ADDRESS}"`,
    `--data-parallel-rpc-port=${port}`,
    `--data-parallel-start-rank=${startRank}`,
  ];
}

/** The servers bind to the address, and not all versions look a name up. */
const FIND_LEADER = `\
for attempt in $(seq "\${DP_ADDRESS_RESOLVE_ATTEMPTS:-30}"); do
  read -r leader _ < <(getent hosts "$LWS_LEADER_ADDRESS") && break
  echo "$LWS_LEADER_ADDRESS has no address yet (attempt $attempt)"
  sleep 1
done
`;

/** Starts the server. VLLM_ADDITIONAL_ARGS is read like a command line, with its quotes. */
function serve(port: number, options: readonly string[] = [], before = ''): string[] {
  const line = [
    'exec vllm serve /mnt/models',
    '--served-model-name="{{ .Spec.Model.Name }}"',
    `--port=${port}`,
    ...options,
    '--disable-uvicorn-access-log',
    withTls(`--enable-ssl-refresh --ssl-certfile=${TLS_FOLDER}/tls.crt --ssl-keyfile=${TLS_FOLDER}/tls.key`),
    `"\${additional[@]}" "$@"`,
  ];
  // What follows `--` are the service's own arguments.
  return ['/bin/bash', '-c', `${before}eval "additional=($VLLM_ADDITIONAL_ARGS)"\n${line.join(' \\\n  ')}\n`, '--'];
}

interface Server {
  readonly port: number;
  readonly command: readonly string[];
  readonly security?: SecurityContext;
  /** Seconds between two looks at whether the server is ready. */
  readonly readinessPeriod?: number;
  /** A worker serves nobody. */
  readonly headless?: boolean;
}

function server({ port, command, security = RESTRICTED, readinessPeriod = 10, headless = false }: Server): Container {
  return {
    name: 'main',
    image: `${images.kserve.llmServer}`,
    imagePullPolicy: 'IfNotPresent',
    command,
    ports: [{ containerPort: port, protocol: 'TCP' }],
    env: [
      { name: 'HOME', value: '/home' },
      { name: 'VLLM_LOGGING_LEVEL', value: 'INFO' },
      { name: 'HF_HUB_CACHE', value: '/models' },
    ],
    securityContext: security,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    ...(!headless && {
      livenessProbe: asked('/health', port, SCHEME, { periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 3 }),
      readinessProbe: asked('/health', port, SCHEME, { periodSeconds: readinessPeriod, timeoutSeconds: 5, failureThreshold: 60 }),
      startupProbe: asked('/health', port, SCHEME, { periodSeconds: 10, failureThreshold: 60 }),
    }),
    volumeMounts: [
      { name: 'home', mountPath: '/home' },
      { name: 'tmp-dir', mountPath: '/tmp' },
      { name: 'dshm', mountPath: '/dev/shm' },
      { name: 'model-cache', mountPath: '/models' },
      tlsMount,
    ],
  };
}

/** @param sharedMemory size of /dev/shm */
function pod(container: Container, sharedMemory: string, initContainers?: readonly Container[]): PodSpec {
  return {
    ...(initContainers && { initContainers }),
    containers: [container],
    terminationGracePeriodSeconds: 30,
    volumes: [
      { name: 'home', emptyDir: {} },
      { name: 'tmp-dir', emptyDir: {} },
      { name: 'dshm', emptyDir: { medium: 'Memory', sizeLimit: sharedMemory } },
      { name: 'model-cache', emptyDir: {} },
      tlsVolume,
    ],
  };
}

/** Sends the prompt to a prefilling server before its own server decodes. */
const ROUTING_SIDECAR: Container = {
  name: 'llm-d-routing-sidecar',
  image: `${images.kserve.llmRoutingSidecar}`,
  imagePullPolicy: 'IfNotPresent',
  restartPolicy: 'Always',
  ports: [{ containerPort: PORT, protocol: 'TCP' }],
  command: [
    '/app/pd-sidecar',
    `--port=${PORT}`,
    `--vllm-port=${BEHIND_SIDECAR}`,
    '--connector=nixlv2',
    '--enable-ssrf-protection=true',
    '--pool-group=inference.networking.x-k8s.io',
    `--secure-proxy=${withTls('true')}${withoutTls('false')}`,
    withTls(`--cert-path=${TLS_FOLDER}`),
    withTls('--decoder-use-tls=true'),
    withTls('--prefiller-use-tls=true'),
  ],
  env: [{ name: 'INFERENCE_POOL_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }, CERTIFICATE_FOLDERS],
  resources: { requests: { cpu: '100m', memory: '128Mi' } },
  securityContext: RESTRICTED,
  terminationMessagePolicy: 'FallbackToLogsOnError',
  livenessProbe: asked('/health', PORT, SCHEME, {
    initialDelaySeconds: 10,
    periodSeconds: 10,
    timeoutSeconds: 10,
    failureThreshold: 3,
  }),
  readinessProbe: asked('/health', PORT, SCHEME, {
    initialDelaySeconds: 10,
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 10,
  }),
  volumeMounts: [tlsMount],
};

/** The server on one node. */
function single(port: number): PodSpec['containers'][number] {
  return server({ port, command: serve(port) });
}

/** The servers on several nodes: the first one, which answers, and the workers. */
function group(port: number, side: Side, initContainers?: readonly Container[]) {
  const first = serve(port, [`--api-server-count="\${VLLM_API_SERVER_COUNT:-8}"`, ...dataParallel(side, '0')], FIND_LEADER);
  const rank = `$(( \${LWS_WORKER_INDEX:-0} * {{ or ${side}.Parallelism.DataLocal 1 }} ))`;
  const other = serve(port, ['--headless', ...dataParallel(side, rank)], FIND_LEADER);
  return {
    template: pod(server({ port, command: first, security: RDMA, readinessPeriod: 30 }), '8Gi', initContainers),
    worker: pod(server({ port, command: other, security: RDMA, headless: true }), '8Gi'),
  };
}

const SMALL = { requests: { cpu: '256m', memory: '500Mi' } };
const grpcProbe = (service: string, initialDelaySeconds: number): Probe => ({
  grpc: { port: SCHEDULER_HEALTH, service },
  initialDelaySeconds,
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold: 3,
  successThreshold: 1,
});
const tokenizerProbe = (timings: Probe): Probe => asked('/healthz', TOKENIZER_HEALTH, 'HTTP', { timeoutSeconds: 5, ...timings });

/** Picks a server for each request, by what it has in its cache. */
const SCHEDULER: PodSpec = {
  containers: [
    {
      name: 'main',
      image: `${images.kserve.llmScheduler}`,
      imagePullPolicy: 'IfNotPresent',
      command: [
        '/app/epp',
        '--pool-name',
        POOL,
        '--pool-namespace',
        '{{ .ObjectMeta.Namespace }}',
        '--zap-encoder',
        'json',
        '--grpc-port',
        `${SCHEDULER_PORT}`,
        '--grpc-health-port',
        `${SCHEDULER_HEALTH}`,
        withTls('--enable-cert-reload=true'),
        withTls('--secure-serving=true'),
        withTls('--model-server-metrics-scheme=https'),
        withTls(`--cert-path=${TLS_FOLDER}`),
      ],
      ports: [
        { name: 'grpc', containerPort: SCHEDULER_PORT, protocol: 'TCP' },
        { name: 'grpc-health', containerPort: SCHEDULER_HEALTH, protocol: 'TCP' },
        { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
        { name: 'zmq', containerPort: 5557, protocol: 'TCP' },
      ],
      env: [CERTIFICATE_FOLDERS],
      resources: SMALL,
      securityContext: RESTRICTED,
      terminationMessagePolicy: 'FallbackToLogsOnError',
      livenessProbe: grpcProbe('liveness', 5),
      readinessProbe: grpcProbe('readiness', 30),
      volumeMounts: [tlsMount, { name: 'tokenizer-uds', mountPath: '/tmp/tokenizer' }],
    },
    {
      name: 'tokenizer',
      image: `${images.kserve.llmTokenizer}`,
      imagePullPolicy: 'IfNotPresent',
      workingDir: '/mnt/models',
      ports: [{ name: 'health', containerPort: TOKENIZER_HEALTH, protocol: 'TCP' }],
      env: [{ name: 'TOKENIZERS_DIR', value: '/mnt/models' }],
      resources: SMALL,
      securityContext: RESTRICTED,
      terminationMessagePolicy: 'FallbackToLogsOnError',
      livenessProbe: tokenizerProbe({ periodSeconds: 15, failureThreshold: 3 }),
      readinessProbe: tokenizerProbe({ periodSeconds: 10, failureThreshold: 3 }),
      startupProbe: tokenizerProbe({ periodSeconds: 10, initialDelaySeconds: 5, failureThreshold: 60 }),
      volumeMounts: [
        { name: 'tokenizer-tmp', mountPath: '/tmp' },
        { name: 'tokenizer-cache', mountPath: '/.cache' },
        { name: 'tokenizer-uds', mountPath: '/tmp/tokenizer' },
      ],
    },
  ],
  terminationGracePeriodSeconds: 30,
  volumes: [tlsVolume, ...['tokenizer-uds', 'tokenizer-tmp', 'tokenizer-cache'].map((name) => ({ name, emptyDir: {} }))],
};

const SERVICE_PATH = '/{{ .ObjectMeta.Namespace }}/{{ .ObjectMeta.Name }}';

/** A rule of the route: requests below a path of the service, without that path. */
function rule(below: string, backend: { readonly group?: string; readonly kind: string; readonly name: string }) {
  return {
    matches: [{ path: { type: 'PathPrefix' as const, value: `${SERVICE_PATH}${below}` } }],
    filters: [
      {
        type: 'URLRewrite' as const,
        urlRewrite: { path: { type: 'ReplacePrefixMatch' as const, replacePrefixMatch: below || '/' } },
      },
    ],
    backendRefs: [{ ...backend, port: PORT, weight: 1 }],
    // Answers stream for as long as they take.
    timeouts: { backendRequest: '0s', request: '0s' },
  };
}

const pool = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: POOL };

/** The presets, by the names under which the controller looks for them. */
export const LLM_PRESETS: Readonly<Record<string, LLMInferenceServiceSpec>> = {
  'kserve-config-llm-template': { template: pod(single(PORT), '1Gi') },
  'kserve-config-llm-decode-template': { template: pod(single(BEHIND_SIDECAR), '1Gi', [ROUTING_SIDECAR]) },
  'kserve-config-llm-prefill-template': { prefill: { template: pod(single(PORT), '1Gi') } },
  'kserve-config-llm-worker-data-parallel': group(PORT, '.Spec'),
  'kserve-config-llm-decode-worker-data-parallel': group(BEHIND_SIDECAR, '.Spec', [ROUTING_SIDECAR]),
  'kserve-config-llm-prefill-worker-data-parallel': { prefill: group(PORT, '.Spec.Prefill') },
  'kserve-config-llm-scheduler': {
    router: {
      scheduler: {
        pool: {
          spec: {
            endpointPickerRef: {
              kind: 'Service',
              name: childName('-epp-service'),
              port: { number: SCHEDULER_PORT },
              failureMode: 'FailOpen',
            },
            selector: {
              matchLabels: {
                'app.kubernetes.io/name': '{{ .ObjectMeta.Name }}',
                'app.kubernetes.io/part-of': 'llminferenceservice',
                'kserve.io/component': 'workload',
              },
            },
            targetPorts: [{ number: PORT }],
          },
        },
        template: SCHEDULER,
      },
    },
  },
  'kserve-config-llm-router-route': {
    router: {
      route: {
        http: {
          spec: {
            parentRefs: [
              {
                group: 'gateway.networking.k8s.io',
                kind: 'Gateway',
                name: '{{ .GlobalConfig.IngressGatewayName }}',
                namespace: '{{ .GlobalConfig.IngressGatewayNamespace }}',
              },
            ],
            rules: [
              ...['/v1/completions', '/v1/chat/completions', '/v1/responses'].map((path) => rule(path, pool)),
              rule('', { kind: 'Service', name: childName('-kserve-workload-svc') }),
            ],
          },
        },
      },
    },
  },
};
