import { type Manifest, Schemas } from '../../core';
import { groupOf } from '../../core/kind';
import { children } from '../../core/schemas/pool';
import type { Schema, SchemaSource } from '../../core/schemas/schema';

/** Fields that an object keeps for life. */
interface Kept {
  readonly fields: readonly string[];
  /** Parts of these fields that change in place. */
  readonly except?: readonly string[];
  /** Further parts that change in place as long as the object is suspended. */
  readonly exceptSuspended?: readonly string[];
}

const QUEUE = 'metadata.labels["kueue.x-k8s.io/queue-name"]';

/** Of the JobSet that a runtime describes. */
const RUNTIME = ['network', 'successPolicy', 'failurePolicy', 'startupPolicy', 'volumeClaimPolicies'].map(
  (field) => `spec.template.spec.${field}`,
);

/**
 * Fields that an object keeps for life, by `group/Kind`, as far as webhooks and controllers say so. What a definition says by itself
 * (`self == oldSelf`) is read from its schema, and the provider knows most of Kubernetes' own kinds.
 */
const KEPT: Readonly<Record<string, Kept>> = {
  // Kubernetes' own, where the provider does not know them.
  'batch/Job': {
    fields: [
      ...['completionMode', 'podFailurePolicy', 'successPolicy', 'backoffLimitPerIndex', 'podReplacementPolicy', 'managedBy'].map(
        (field) => `spec.${field}`,
      ),
      QUEUE,
    ],
  },
  'core/ConfigMap': { fields: ['immutable'] },
  'core/PersistentVolumeClaim': { fields: ['spec.volumeMode', 'spec.dataSource', 'spec.dataSourceRef'] },
  'core/Secret': { fields: ['immutable'] },
  'networking.k8s.io/IngressClass': { fields: ['spec.controller'] },
  'node.k8s.io/RuntimeClass': { fields: ['handler'] },
  'scheduling.k8s.io/PriorityClass': { fields: ['value', 'preemptionPolicy'] },
  'storage.k8s.io/StorageClass': { fields: ['reclaimPolicy', 'volumeBindingMode'] },

  // A running job mostly ignores what changes in it.
  ...Object.fromEntries(
    ['PyTorchJob', 'TFJob', 'MPIJob', 'XGBoostJob', 'PaddleJob', 'JAXJob'].map((kind) => [
      `kubeflow.org/${kind}`,
      { fields: ['spec', QUEUE], except: ['spec.runPolicy.suspend'] },
    ]),
  ),
  'jobset.x-k8s.io/JobSet': { fields: ['spec', QUEUE], except: ['spec.suspend'] },
  // All but the budget; the definition does not describe the fields.
  'kubeflow.org/Experiment': {
    fields: [
      'objective',
      'algorithm',
      'earlyStopping',
      'parameters',
      'nasConfig',
      'trialTemplate',
      'metricsCollectorSpec',
      'resumePolicy',
    ].map((field) => `spec.${field}`),
  },
  'kubeflow.org/Workspace': { fields: ['spec.kind'] },
  'kueue.x-k8s.io/LocalQueue': { fields: ['spec.clusterQueue'] },
  'pipelines.kubeflow.org/PipelineVersion': { fields: ['spec'] },
  'ray.io/RayJob': { fields: [QUEUE] },
  'resource.nvidia.com/ComputeDomain': { fields: ['spec'] },
  'serving.kserve.io/InferenceService': { fields: ['metadata.annotations["serving.kserve.io/deploymentMode"]'] },
  // The number of nodes that a replica is spread over follows from these.
  'serving.kserve.io/LLMInferenceService': {
    fields: ['spec', 'spec.prefill'].flatMap((workload) =>
      ['pipeline', 'data', 'dataLocal'].map((size) => `${workload}.parallelism.${size}`),
    ),
  },
  'serving.kserve.io/LocalModelCache': { fields: ['spec.sourceModelUri'] },
  'serving.kserve.io/LocalModelNamespaceCache': { fields: ['spec.sourceModelUri'] },
  'serving.kserve.io/TrainedModel': { fields: ['spec.model.memory'] },
  'trainer.kubeflow.org/ClusterTrainingRuntime': { fields: RUNTIME },
  'trainer.kubeflow.org/TrainingRuntime': { fields: RUNTIME },
  'trainer.kubeflow.org/TrainJob': {
    fields: ['spec', QUEUE],
    except: ['spec.suspend'],
    exceptSuspended: ['spec.runtimePatches'],
  },
};

/** The fields whose change replaces an object; the old one goes first, because both have the same name. */
export class ImmutableFields {
  /** What the schema of a kind says, by `apiVersion/Kind`. */
  private readonly ofSchemas = new Map<string, readonly string[]>();

  constructor(private readonly schemas: Schemas) {}

  of(object: Manifest): string[] {
    const fields = [...new Set([...this.kept(object), ...this.ofSchema(object)])];
    return fields.filter((field) => !fields.some((other) => field.startsWith(`${other}.`) || field.startsWith(`${other}[`)));
  }

  private kept({ apiVersion, kind, spec }: Manifest): string[] {
    const kept = KEPT[`${groupOf(apiVersion) || 'core'}/${kind}`];
    if (!kept) return [];
    const { fields, except = [], exceptSuspended = [] } = kept;
    const isSuspended = (spec as { suspend?: boolean } | undefined)?.suspend === true;
    const open = isSuspended ? [...except, ...exceptSuspended] : except;
    const known = this.schemas.find(apiVersion, kind);
    return fields.flatMap((field) => (known ? [...without(open, field, known.schema, known.source)] : [field]));
  }

  private ofSchema({ apiVersion, kind }: Manifest): readonly string[] {
    const key = `${apiVersion}/${kind}`;
    const known = this.schemas.find(apiVersion, kind);
    if (!known?.definition) return [];
    const fields = this.ofSchemas.get(key) ?? [...unchanging(known.schema, known.source, '')];
    this.ofSchemas.set(key, fields);
    return fields;
  }
}

/** The fields whose change replaces a single object, by the definitions that the library ships. */
export function immutableFields(object: Manifest): string[] {
  return new ImmutableFields(Schemas.shipped).of(object);
}

/** A field, or its parts where some of them are left out. */
function* without(open: readonly string[], field: string, root: Schema, source: SchemaSource): Iterable<string> {
  if (open.includes(field)) return;
  if (!open.some((other) => other.startsWith(`${field}.`))) return yield field;
  const schema = field.split('.').reduce((at, name) => source.resolve(at).properties?.[name] ?? {}, root);
  for (const name of Object.keys(source.resolve(schema).properties ?? {})) yield* without(open, `${field}.${name}`, root, source);
}

/** The fields that a schema wants to stay as they are. */
function* unchanging(schema: Schema, source: SchemaSource, path: string): Iterable<string> {
  const { 'x-kubernetes-validations': rules = [] } = schema;
  const resolved = source.resolve(schema);
  const all = [...rules, ...(resolved === schema ? [] : (resolved['x-kubernetes-validations'] ?? []))];
  if (path && all.some(({ rule }) => rule === 'self == oldSelf')) return yield path;
  for (const [name, child] of children(resolved)) yield* unchanging(child, source, step(path, name));
}

function step(path: string, name: string): string {
  if (name === '[]' || name === '{}') return `${path}[*]`;
  return path ? `${path}.${name}` : name;
}
