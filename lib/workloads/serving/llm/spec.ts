import type { LLMInferenceServiceSpec, Parallelism, Prefill } from '../../../../crds-imports/serving.kserve.io';
import type { Labels } from '../../../core';
import type { ObjectOptions } from '../../named';
import { nameOf } from '../../pod/env';
import { given } from '../../pod/given';
import { type StorageSource, storageOf } from '../storage/storage';
import { parallelArguments } from './parallelism';
import { everyPod, type LLMPodOptions, podsOf } from './pods';
import { type LLMRouterOptions, routerSpec } from './router';
import type { LLMScale } from './scale';

/** What is said of the pods that decode, which are all of them, and of those that prefill where both are apart. */
export interface LLMWorkloadOptions extends LLMPodOptions {
  /** @default 1 */
  readonly replicas?: number;
  /** In the place of replicas. @default - always as many */
  readonly scale?: LLMScale;
  /**
   * How a replica is spread over GPUs, and with `workers` over nodes. On one node it becomes arguments of vLLM, before those of `args`.
   * Its size cannot be changed later.
   *
   * @default - one GPU
   */
  readonly parallelism?: Parallelism;
  /** Further pods of a replica that is spread over nodes; `{}` takes them from the presets. @default - none */
  readonly workers?: LLMPodOptions;
  /** Labels of the pods. @default - none */
  readonly podLabels?: Labels;
  /** Annotations of the pods. @default - none */
  readonly podAnnotations?: Labels;
}

/** What a service and a configuration that services share can say. */
export interface LLMOptions extends LLMWorkloadOptions, ObjectOptions {
  /** Name that requests call the model by. @default - the service's */
  readonly modelName?: string;
  /** LoRA adapters by the name that requests call them by: where they are stored. @default - none */
  readonly adapters?: Readonly<Record<string, StorageSource>>;
  /** Pods that read prompts, apart from those that write answers. @default - the same pods do both */
  readonly prefill?: LLMWorkloadOptions;
  /** How requests reach it. @default - the cluster reaches it by its Service only */
  readonly router?: LLMRouterOptions;
  /** Whether the model is loaded before the program starts; `false` leaves it to the program. @default true */
  readonly loadModel?: boolean;
  /** For the field that no option foresaw: merged last into the spec, and checked like everything else. @default - none */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** Configurations that come before what a service says, the first one first: `LLMInferenceServiceConfig`s, or their names. */
export type LLMBases = readonly ({ readonly name: string; readonly spec?: LLMInferenceServiceSpec } | string)[];

/** The spec of a service, or of a configuration. */
export function llmSpec(options: LLMOptions, model: StorageSource | undefined, bases: LLMBases = []): LLMInferenceServiceSpec {
  const { prefill, router, loadModel, credentials } = options;
  const known = knownBases(bases);
  return {
    ...(model && { model: modelSpec(options, model) }),
    ...(loadModel !== undefined && { storageInitializer: { enabled: loadModel } }),
    ...workloadSpec(options, known),
    // The pods that read prompts load the same model.
    ...(prefill && {
      prefill: workloadSpec(
        { credentials, ...prefill },
        known.flatMap((base) => base.prefill ?? []),
      ),
    }),
    ...(router && { router: routerSpec(router) }),
    ...(bases.length > 0 && { baseRefs: bases.map((base) => ({ name: nameOf(base) })) }),
  };
}

/** What bases say that are declared here. */
export function knownBases(bases: LLMBases): LLMInferenceServiceSpec[] {
  return bases.flatMap((base) => (typeof base === 'string' ? [] : (base.spec ?? [])));
}

/** The pods with what the program has to be told of a spread on one node. Data that is not all there is spread over others. */
function spread(options: LLMWorkloadOptions, { data, dataLocal, ...sizes }: Parallelism): LLMWorkloadOptions {
  const told = parallelArguments(data === dataLocal ? { ...sizes, data } : sizes);
  return told.length > 0 ? { ...options, args: [...told, ...(options.args ?? [])] } : options;
}

function modelSpec({ modelName, adapters }: LLMOptions, model: StorageSource): LLMInferenceServiceSpec['model'] {
  return {
    uri: uriOf(model),
    ...given({ name: modelName }),
    ...(adapters && {
      lora: { adapters: Object.entries(adapters).map(([name, source]) => ({ name, uri: uriOf(source) })) },
    }),
  };
}

/** Entries of `storage-config` have no URI, which the rules say. */
function uriOf(source: StorageSource): string {
  return storageOf(source).uri ?? '';
}

function workloadSpec(options: LLMWorkloadOptions, bases: readonly Prefill[]): Prefill {
  const { replicas, scale, parallelism, workers, podLabels, podAnnotations } = options;
  const oneNode = !workers && bases.every(({ worker }) => worker === undefined);
  return given({
    replicas,
    scaling: scale?._spec(),
    parallelism,
    labels: podLabels,
    annotations: podAnnotations,
    template: podsOf(oneNode && parallelism ? spread(options, parallelism) : options),
    worker: workers && everyPod(workers),
  }) as Prefill;
}
