import { error, type Rule } from '../../../core/rule';
import { autoscalerOf, partsOf, type ServerFacts } from './facts';

/** Extended resources that KServe knows as GPUs. */
export const GPU_RESOURCES = ['nvidia.com/gpu', 'amd.com/gpu', 'intel.com/gpu', 'habana.ai/gaudi'];

/** Variables that follow from the sizes. */
export const SIZE_VARIABLES = ['PIPELINE_PARALLEL_SIZE', 'TENSOR_PARALLEL_SIZE'];

const predictorOf = (facts: ServerFacts) => partsOf(facts)[0]?.spec ?? {};

/** Resources of a container that are devices, but no GPU that KServe knows. */
export function unknownGpus(
  container: { readonly resources?: { readonly limits?: object; readonly requests?: object } },
  further: readonly string[] = [],
): string[] {
  const { limits = {}, requests = {} } = container.resources ?? {};
  const asked = [...Object.keys(limits), ...Object.keys(requests)];
  const known = [...GPU_RESOURCES, ...further];
  return [...new Set(asked)].filter((name) => name.includes('/') && !known.includes(name));
}

/** The rules of servers that are spread over several nodes. */
export const MULTI_NODE_RULES: readonly Rule<ServerFacts>[] = [
  error(
    'kserve/unsupported-workers',
    'Several nodes share one head, one model in a volume or an image, and no autoscaler.',
    (facts) => {
      const { workerSpec, model } = predictorOf(facts);
      if (!workerSpec) return undefined;
      if ((workerSpec.containers ?? []).length > 1) return 'a worker has one container';
      if (!model) return 'workers need a model, which a runtime serves; give model';
      const scheme = model.storageUri?.split('://')[0];
      if (scheme !== 'pvc' && scheme !== 'oci')
        return `workers share a model in a claim or an OCI image (pvc://, oci://), not ${model.storageUri ?? 'one without a URI'}`;
      const autoscaler = autoscalerOf(facts);
      return autoscaler === 'none' ? undefined : "a server with workers does not scale; say autoscaler: 'none'";
    },
  ),
  error(
    'kserve/sizes-in-environment',
    'KServe writes the sizes of a server on several nodes into its variables, and refuses others.',
    (facts) => {
      const { workerSpec, model } = predictorOf(facts);
      const set = (model?.env ?? []).filter(({ name }) => SIZE_VARIABLES.includes(name)).map(({ name }) => name);
      return workerSpec && set.length > 0
        ? `env sets ${set.join(', ')}; give pipelineParallel and tensorParallel instead`
        : undefined;
    },
  ),
  error('kserve/invalid-worker-size', 'A model is spread over whole nodes and GPUs, at least one of each.', (facts) => {
    const { pipelineParallelSize, tensorParallelSize } = predictorOf(facts).workerSpec ?? {};
    const wrong = [pipelineParallelSize, tensorParallelSize].find(
      (size) => size !== undefined && (!Number.isInteger(size) || size < 1),
    );
    return wrong === undefined ? undefined : `workers are spread over ${wrong}, must be a whole number of at least 1`;
  }),
  error('kserve/unknown-worker-gpu', 'KServe sets up workers with GPUs that it knows, and refuses other devices.', (facts) => {
    const { workerSpec, model } = predictorOf(facts);
    if (!workerSpec) return undefined;
    const listed = facts.annotations['serving.kserve.io/gpu-resource-types'];
    const further = listed ? (JSON.parse(listed) as string[]) : [];
    const unknown = [model ?? {}, ...(workerSpec.containers ?? [])].flatMap((container) => unknownGpus(container, further));
    return unknown.length > 0
      ? `workers ask for ${unknown.join(', ')}, which is none of ${GPU_RESOURCES.join(', ')}; name it in gpuResources`
      : undefined;
  }),
  error(
    'kserve/workers-on-knative',
    "Several nodes are Deployments of Standard mode; Knative's revisions have no workers.",
    (facts) =>
      predictorOf(facts).workerSpec && facts.mode !== 'Standard' ? "workers need deploymentMode: 'Standard'" : undefined,
  ),
  error('kserve/scaled-workers', 'Further replicas of a server on several nodes would be heads without workers.', (facts) => {
    const { workerSpec, minReplicas, maxReplicas } = predictorOf(facts);
    return workerSpec && (minReplicas ?? maxReplicas) !== undefined
      ? 'a server with workers has one head; a scale would add heads, but no workers; leave it out'
      : undefined;
  }),
];
