import type { Container, EnvVar } from '../../../../crds-imports/core';
import type { InferenceServicePodSpec, InferenceServiceSpec, Predictor } from '../../../../crds-imports/serving.kserve.io';
import type { DeploymentMode, KnativeFeature } from '../../../contracts';
import { given } from '../../pod/given';
import type { QueueSource } from '../../queue/queue';
import type { Cluster } from '../cluster';
import type { Asked, Choice } from '../runtime/choice';
import type { ModelRuntime } from '../runtime/model-runtime';
import type { Runtimes } from '../runtime/runtimes';
import type { Autoscaler } from '../scaling/scale-on';
import type { StorageCredentials } from '../storage/storage-credentials';

/** A server as its rules see it: what is declared in the end, so that overrides are held to them too. */
export interface ServerFacts {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where labels and annotations say otherwise than options. */
  readonly contradictions: readonly string[];
  readonly spec: InferenceServiceSpec;
  /** How it runs in the end. */
  readonly mode: DeploymentMode;
  readonly features: ReadonlySet<KnativeFeature>;
  readonly cluster: Cluster;
  /** The runtime that the model names. */
  readonly runtime?: ModelRuntime;
  /** The runtimes that it may be run by. */
  readonly runtimes: Runtimes;
  /** What the model asks of its runtime; undefined without a model. */
  readonly asked?: Asked;
  /** What KServe chooses; undefined without a model. */
  readonly choice?: Choice;
  /** Whether requests from outside the namespace are let through the mesh. */
  readonly exposed: boolean;
  /** What was given for access to stores. */
  readonly credentials: Readonly<Partial<Record<Part['name'], StorageCredentials>>>;
  readonly queue?: QueueSource;
  /** Prefix of a storage scheme of the cluster's own. */
  readonly scheme?: string;
}

/** A component with its name; what predictor, transformer and explainer have in common. */
export interface Part {
  readonly name: 'predictor' | 'transformer' | 'explainer';
  readonly spec: InferenceServicePodSpec & Pick<Predictor, 'model' | 'workerSpec'>;
}

/** The components that a server has. */
export function partsOf({ spec }: ServerFacts): Part[] {
  const { predictor, transformer, explainer } = spec;
  return [
    { name: 'predictor', spec: (predictor ?? {}) as Part['spec'] },
    ...(transformer ? [{ name: 'transformer' as const, spec: transformer as Part['spec'] }] : []),
    ...(explainer ? [{ name: 'explainer' as const, spec: explainer as Part['spec'] }] : []),
  ];
}

/** What every container has, whatever holds it. */
export type AnyContainer = Pick<Container, 'env' | 'resources' | 'volumeMounts'> & { readonly name?: string };

/** The containers of a component, also those that a runtime completes. */
export function containersOf({ spec }: Part): AnyContainer[] {
  const { model, art, workerSpec } = spec;
  return [
    ...(spec.containers ?? []),
    ...(spec.initContainers ?? []),
    ...(model ? [model] : []),
    ...(art ? [art] : []),
    ...(workerSpec?.containers ?? []),
    ...(workerSpec?.initContainers ?? []),
  ] as AnyContainer[];
}

/** What a predictor asks of its runtime; undefined without a model. */
export function askedBy({ predictor }: InferenceServiceSpec): Asked | undefined {
  const { model, workerSpec } = predictor ?? {};
  if (!model) return undefined;
  const { name: format = '', version } = model.modelFormat ?? {};
  return {
    format,
    ...given({ version, protocol: model.protocolVersion, runtime: model.runtime }),
    workers: workerSpec !== undefined,
  };
}

/** The URIs that a component loads from. */
export function storageUrisOf({ spec }: Part): string[] {
  const uris = [spec.model?.storageUri, spec.art?.storageUri, ...(spec.storageUris ?? []).map(({ uri }) => uri)];
  return uris.filter((uri) => uri !== undefined);
}

/** The variables of a component. */
export function variablesOf(part: Part): EnvVar[] {
  return containersOf(part).flatMap(({ env = [] }) => env);
}

/** What KServe's webhook takes for the autoscaler. */
export function autoscalerOf({ annotations }: ServerFacts): Autoscaler | undefined {
  return annotations['serving.kserve.io/autoscalerClass'] as Autoscaler | undefined;
}

/** Whether the horizontal pod autoscaler scales a Knative Service. */
export function hpaOnKnative({ annotations }: ServerFacts): boolean {
  return annotations['autoscaling.knative.dev/class'] === 'hpa.autoscaling.knative.dev';
}

/** The first thing that is wrong with one of the parts, after its name. */
export function inParts(check: (part: Part, facts: ServerFacts) => string | undefined) {
  return (facts: ServerFacts): string | undefined => {
    const found = partsOf(facts).flatMap((part) => {
      const wrong = check(part, facts);
      return wrong ? [`the ${part.name} ${wrong}`] : [];
    });
    return found.length > 0 ? found.join(', and ') : undefined;
  };
}
