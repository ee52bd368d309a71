import type { Container, Probe } from '../../../crds-imports/core';
import { images } from '../../release/images';

/** How a large language model is served by several nodes: a head with the HTTP server, and workers that join its Ray cluster. */

const RAY_PORT = 6379;
const HEALTH_URL = 'http://localhost:8080';
const RESOURCES = { requests: { cpu: '2', memory: '6Gi' }, limits: { cpu: '4', memory: '12Gi' } };
const SHARED_MEMORY = [{ name: 'shm', mountPath: '/dev/shm' }];

/** Address of the head; the controller names its Service in HEAD_SVC. */
const HEAD_HOST = '$HEAD_SVC.$POD_NAMESPACE.svc.cluster.local';

const START_HEAD = `\
export RAY_ADDRESS="$POD_IP:$RAY_PORT"
ray start --head --disable-usage-stats --include-dashboard=false
python ./huggingfaceserver/health_check.py registered_nodes --retries=200 --probe_name=runtime_start
model="\${MODEL_DIR:-$MODEL_ID}"
exec python -m huggingfaceserver \${model:+--model_dir="$model"} \\
  --tensor-parallel-size="$TENSOR_PARALLEL_SIZE" --pipeline-parallel-size="$PIPELINE_PARALLEL_SIZE" "$0" "$@"
`;

const START_WORKER = `\
head="${HEAD_HOST}:${RAY_PORT}"
until ray health-check --address="$head" >/dev/null 2>&1; do
  echo "no Ray head at $head yet"
  sleep 5
done
exec ray start --address="$head" --block
`;

const ALIVE = { failureThreshold: 2, periodSeconds: 5, successThreshold: 1, timeoutSeconds: 15 };
const STARTED = { failureThreshold: 40, initialDelaySeconds: 60, periodSeconds: 30, successThreshold: 1, timeoutSeconds: 30 };

/** Asks the program that the image has for it. */
function check(what: string, name: string, args: readonly string[], timings: Probe): Probe {
  return {
    exec: { command: ['python', './huggingfaceserver/health_check.py', what, ...args, `--probe_name=${name}`] },
    ...timings,
  };
}

/** The same from a worker, which has to say where the head is. */
function checkFromWorker(what: string, name: string, args: readonly string[], timings: Probe): Probe {
  const line = `RAY_ADDRESS="${HEAD_HOST}:${RAY_PORT}" exec python ./huggingfaceserver/health_check.py`;
  return { exec: { command: ['bash', '-c', [line, what, ...args, `--probe_name=${name}`].join(' ')] }, ...timings };
}

const POD_NAMESPACE = { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } };

/** The head; its arguments are those of the server. */
export const HEAD: Omit<Container, 'name'> = {
  image: `${images.kserve.huggingfaceserverGpu}`,
  command: ['bash', '-c', START_HEAD],
  env: [
    { name: 'RAY_PORT', value: `${RAY_PORT}` },
    POD_NAMESPACE,
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'VLLM_CONFIG_ROOT', value: '/tmp' },
    { name: 'HF_HUB_CACHE', value: '/tmp' },
  ],
  resources: RESOURCES,
  volumeMounts: SHARED_MEMORY,
  livenessProbe: check('registered_node_and_runtime_health', 'head_liveness', [`--health_check_url=${HEALTH_URL}`], ALIVE),
  readinessProbe: check('runtime_health', 'head_readiness', [`--health_check_url=${HEALTH_URL}`], ALIVE),
  startupProbe: check('registered_node_and_runtime_health', 'head_startup', [`--health_check_url=${HEALTH_URL}`], STARTED),
};

/** A worker. It has no server of its own, so it is ready when it has joined. */
export const WORKER: Container = {
  name: 'worker-container',
  image: `${images.kserve.huggingfaceserverGpu}`,
  command: ['bash', '-c', START_WORKER],
  env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, POD_NAMESPACE],
  resources: RESOURCES,
  volumeMounts: SHARED_MEMORY,
  livenessProbe: checkFromWorker('registered_nodes', 'worker_liveness', [], ALIVE),
  startupProbe: checkFromWorker(
    'registered_node_and_runtime_models',
    'worker_startup',
    [`--runtime_url=http://${HEAD_HOST}:8080/v1/models`],
    STARTED,
  ),
};
