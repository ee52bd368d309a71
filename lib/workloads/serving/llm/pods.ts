import type { Container } from '../../../../crds-imports/core';
import type { LLMInferenceServiceSpec } from '../../../../crds-imports/serving.kserve.io';
import { type PodOptions, podTemplate } from '../../pod/pod-options';
import { type ServingContainerOptions, servingContainer } from '../server/component';
import type { StorageCredentials } from '../storage/storage-credentials';

type PodSpec = NonNullable<LLMInferenceServiceSpec['template']>;

/** Name of the container that serves. */
const MAIN = 'main';

/** Pods of a language model; what is left out is the presets'. */
export interface LLMPodOptions
  extends ServingContainerOptions,
    Omit<PodOptions, 'image' | 'podLabels' | 'podAnnotations' | keyof ServingContainerOptions> {
  /** Image of the program that serves. @default - vLLM, by KServe's presets */
  readonly image?: string;
  /** Access to the model's store; in the place of serviceAccount. @default - that of the ServiceAccount */
  readonly credentials?: StorageCredentials;
}

/** The pods as the API takes them; undefined when nothing is said of them. */
export function podsOf(options: LLMPodOptions): PodSpec | undefined {
  const pods = everyPod(options);
  const said = Object.keys(pods).length > 1 || Object.keys(pods.containers[0] ?? {}).length > 1;
  return said ? pods : undefined;
}

/** The pods of workers, which are there even when nothing is said of them. */
export function everyPod(options: LLMPodOptions): PodSpec & { readonly containers: readonly Container[] } {
  const { credentials, serviceAccount = credentials?.name } = options;
  const { containers: _, ...pod } = podTemplate(MAIN, { ...options, serviceAccount, image: '' }).spec;
  return { ...pod, containers: [servingContainer(MAIN, options)] };
}
