import type { InferenceServiceSpec, InferenceServiceWorkerSpec } from '../../../../crds-imports/serving.kserve.io';
import { given } from '../../pod/given';
import { type PodOptions, podTemplate } from '../../pod/pod-options';
import { type QueueSource, queueOf } from '../../queue/queue';
import type { Autoscaler } from '../scaling/scale-on';
import { type ComponentOptions, componentParts, type ServingContainerOptions, servingContainer } from './component';
import type { Model } from './model';

/** What serves: a model, by a runtime, or a program of one's own. */
export type Predictor =
  | {
      readonly model: Model;
      /** Image of the program in place of the runtime's, which otherwise stays as it is. @default - the runtime's */
      readonly image?: string;
    }
  | {
      /** Image of a program that serves by itself. */
      readonly image: string;
      readonly model?: never;
    };

/** Changes requests before the predictor, and answers after it, in pods of its own. */
export interface TransformerOptions extends ComponentOptions {
  readonly image: string;
}

/** Changes requests and answers in the predictor's pods. */
export interface ColocatedTransformerOptions extends ServingContainerOptions {
  readonly image: string;
}

/** Explains answers: with the Adversarial Robustness Toolbox, or with a program of one's own. */
export type ExplainerOptions = ComponentOptions &
  (
    | { readonly image: string; readonly art?: never }
    | {
        readonly image?: never;
        readonly art: {
          /** How examples are made that deceive the model. */
          readonly type: 'SquareAttack';
          /** @default - none */
          readonly storageUri?: string;
          /** Tag of the explainer's image. @default - the release's */
          readonly runtimeVersion?: string;
          /** Settings, for instance `{ nb_classes: '10' }`. @default - none */
          readonly config?: Readonly<Record<string, string>>;
        };
      }
  );

/** Further nodes over which one large model is spread. Standard mode, autoscaler `none`, a model in a claim or an OCI image. */
export interface WorkerOptions extends Partial<Omit<PodOptions, 'podLabels' | 'podAnnotations'>> {
  /** Nodes over which the layers are spread, at least 1. @default - the runtime's */
  readonly pipelineParallel?: number;
  /** GPUs over which each layer is spread, at least 1. @default - the runtime's */
  readonly tensorParallel?: number;
}

/** What a server consists of. */
export type ServerParts = ComponentOptions &
  Predictor & {
    /** @default - none */
    readonly transformer?: TransformerOptions;
    /** @default - none */
    readonly colocatedTransformer?: ColocatedTransformerOptions;
    /** @default - none */
    readonly explainer?: ExplainerOptions;
    /** @default - one node */
    readonly workers?: WorkerOptions;
    /** Who scales the pods. @default - Knative's autoscaler, or the horizontal pod autoscaler in Standard mode */
    readonly autoscaler?: Autoscaler;
  };

/** The spec of an InferenceService. */
export function serverSpec(parts: ServerParts & { readonly queue?: QueueSource }): InferenceServiceSpec {
  const { transformer, explainer, autoscaler } = parts;
  return {
    predictor: predictorSpec(queued(parts)),
    ...(transformer && { transformer: withContainer(transformer, autoscaler) }),
    ...(explainer && { explainer: explainerSpec(explainer, autoscaler) }),
  };
}

/** The pods of a predictor with what their queue writes on them. */
function queued(parts: ServerParts & { readonly queue?: QueueSource }): ServerParts {
  const annotations = queueOf(parts.queue)?._podAnnotations() ?? {};
  return Object.keys(annotations).length > 0 ? { ...parts, podAnnotations: { ...parts.podAnnotations, ...annotations } } : parts;
}

function predictorSpec(parts: ServerParts): InferenceServiceSpec['predictor'] {
  const { model, workers, colocatedTransformer } = parts;
  const { fields, container } = componentParts(parts, parts.autoscaler);
  const beside = colocatedTransformer && servingContainer('transformer-container', colocatedTransformer);
  const containers = [...(model ? [] : [container]), ...(beside ? [beside] : []), ...(parts.sidecars ?? [])];
  // A runtime names its container itself.
  const { name: _, ...runtimeContainer } = container;
  return {
    ...fields,
    ...(containers.length > 0 && { containers }),
    ...(model && { model: { ...model._spec(), ...runtimeContainer } }),
    ...(workers && { workerSpec: workerSpec(workers) }),
  };
}

function withContainer(options: TransformerOptions, autoscaler: Autoscaler | undefined) {
  const { fields, container } = componentParts(options, autoscaler);
  return { ...fields, containers: [container, ...(options.sidecars ?? [])] };
}

function explainerSpec(options: ExplainerOptions, autoscaler: Autoscaler | undefined): InferenceServiceSpec['explainer'] {
  const { fields, container } = componentParts(options, autoscaler);
  const { name: _, ...artContainer } = container;
  return {
    ...fields,
    ...(options.image !== undefined && { containers: [container, ...(options.sidecars ?? [])] }),
    ...(options.art && { art: { ...options.art, ...artContainer } }),
  };
}

function workerSpec({ pipelineParallel, tensorParallel, ...options }: WorkerOptions): InferenceServiceWorkerSpec {
  const { containers: _, ...pod } = podTemplate('worker-container', { ...options, image: '' }).spec;
  const container = servingContainer('worker-container', options);
  return {
    ...given({ pipelineParallelSize: pipelineParallel, tensorParallelSize: tensorParallel }),
    ...(Object.keys(container).length > 1 && { containers: [container] }),
    ...pod,
  };
}
