import type { ClusterServingRuntimeSpec } from '../../../../crds-imports/serving.kserve.io';
import type { ServedRuntime } from '../../../contracts';
import { error, type Rule } from '../../../core/rule';
import { SERVING_CONTAINER } from '../server/component';
import { SIZE_VARIABLES, unknownGpus } from '../server/multi-node-rules';

/** A runtime as its rules see it. */
export interface ServingRuntimeFacts {
  readonly spec: ClusterServingRuntimeSpec;
  /** Runtimes that KServe would choose among, by name. */
  readonly others: ReadonlyMap<string, ServedRuntime>;
}

const WORKER = 'worker';

type Format = NonNullable<ServedRuntime['supportedModelFormats']>[number];

/** The formats that KServe chooses a runtime for, by their priority. */
function chosen({ disabled, supportedModelFormats = [] }: ServedRuntime): Format[] {
  return disabled ? [] : supportedModelFormats.filter(({ autoSelect, priority }) => autoSelect && priority !== undefined);
}

/** What two runtimes must not have the same priority for, as KServe's webhook compares them. */
function rivals(one: ServedRuntime, other: ServedRuntime): string | undefined {
  if ((one.multiModel ?? false) !== (other.multiModel ?? false)) return undefined;
  const protocol = one.protocolVersions?.find((version) => other.protocolVersions?.includes(version));
  if (protocol === undefined) return undefined;
  const same = chosen(one).find(({ name, version, priority }) =>
    chosen(other).some(
      (theirs) => theirs.name.toLowerCase() === name.toLowerCase() && theirs.version === version && theirs.priority === priority,
    ),
  );
  return same && `priority ${same.priority} for ${[same.name, same.version].filter(Boolean).join(' ')} with ${protocol}`;
}

/** The rules of serving runtimes. */
export const SERVING_RUNTIME_RULES: readonly Rule<ServingRuntimeFacts>[] = [
  error(
    'kserve/same-runtime-priority',
    "KServe's webhook refuses two runtimes of one priority for one format, between which it could not choose.",
    ({ spec, others }) => {
      const [name, same] =
        [...others].map(([other, theirs]) => [other, rivals(spec, theirs)] as const).find(([, found]) => found) ?? [];
      return same && `the runtime ${name} has the same ${same}; give another`;
    },
  ),
  error('kserve/differing-format-priority', "KServe's webhook takes one priority for all versions of a format.", ({ spec }) => {
    const formats = chosen(spec);
    const differing = formats.find((one) => formats.some((other) => other.name === one.name && other.priority !== one.priority));
    if (!differing) return undefined;
    const priorities = formats.filter(({ name }) => name === differing.name).map(({ priority }) => priority);
    return `the format ${differing.name} has the priorities ${priorities.join(' and ')}; give all of its versions the same`;
  }),
  error('kserve/no-serving-container', 'KServe sets up the container that serves by its fixed name.', ({ spec }) =>
    spec.containers.some(({ name }) => name === SERVING_CONTAINER)
      ? undefined
      : `no container is called ${SERVING_CONTAINER}, the one that serves; there is ${spec.containers.map(({ name }) => name).join(', ') || 'none'}`,
  ),
  error(
    'kserve/not-one-worker-container',
    "KServe's webhook takes exactly one container of a worker.",
    ({ spec: { workerSpec } }) =>
      workerSpec && workerSpec.containers.length !== 1
        ? `a ${WORKER} has one container, not ${workerSpec.containers.length}`
        : undefined,
  ),
  error(
    'kserve/invalid-runtime-worker-size',
    'A model is spread over whole nodes and GPUs, at least one of each.',
    ({ spec: { workerSpec } }) => {
      const wrong = [workerSpec?.pipelineParallelSize, workerSpec?.tensorParallelSize].find(
        (size) => size !== undefined && (!Number.isInteger(size) || size < 1),
      );
      return wrong === undefined ? undefined : `a ${WORKER}'s size is ${wrong}, must be a whole number of at least 1`;
    },
  ),
  error(
    'kserve/runtime-sizes-in-environment',
    'KServe writes the sizes of a runtime for several nodes into its variables, and refuses others.',
    ({ spec: { workerSpec, containers } }) => {
      const env = workerSpec ? [...containers, ...workerSpec.containers].flatMap((container) => container.env ?? []) : [];
      const set = env.filter(({ name }) => SIZE_VARIABLES.includes(name)).map(({ name }) => name);
      return set.length > 0 ? `env sets ${set.join(', ')}; give pipelineParallelSize and tensorParallelSize` : undefined;
    },
  ),
  error(
    'kserve/unknown-runtime-gpu',
    'KServe sets up workers with GPUs that it knows, and refuses other devices.',
    ({ spec: { workerSpec, containers, annotations } }) => {
      const listed = annotations?.['serving.kserve.io/gpu-resource-types'];
      const further = listed ? (JSON.parse(listed) as string[]) : [];
      const unknown = workerSpec ? [...containers, ...workerSpec.containers].flatMap((one) => unknownGpus(one, further)) : [];
      return unknown.length > 0 ? `a ${WORKER} asks for ${unknown.join(', ')}, which KServe does not know as a GPU` : undefined;
    },
  ),
];
