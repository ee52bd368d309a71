import { type Chart, Size } from 'cdk8s';
import {
  ClusterTrainingRuntime,
  FACTS,
  LLMInferenceService,
  type LLMInferenceServiceProps,
  LocalModelCache,
  type Manifest,
  Runtime,
  stepLabels,
  TrainingJob,
} from '../../lib';
import type { RuntimeDeclaration } from '../../lib/components/trainer/runtime-shape';
import { Schemas } from '../../lib/core';
import { mergePatch } from '../../lib/core/patches/merge';
import { ImmutableFields } from '../../lib/deploy/pulumi/immutable';
import { assemble, teamChart, thrown } from '../support/app';

/** A breach of a CEL rule. */
export interface CelCase {
  /** With which the server refuses. */
  readonly message: string;
  readonly object: Manifest;
  /** What the object was before, where only the change is a breach. */
  readonly before?: Manifest;
  /** What the library has against it: the words of a constructor, and the rule that they come from; undefined when nothing. */
  readonly ours?: { readonly words: string; readonly rule: string };
}

type Build = (chart: Chart) => unknown;

/** What is accepted, with something broken in it. */
function broken(good: Build, patch: object): Manifest {
  const [object] = assemble(good).model.manifests;
  return mergePatch(object, patch) as Manifest;
}

function refusal(bad: Build, rule: string): CelCase['ours'] {
  return { words: thrown(() => bad(teamChart())).message, rule: `(${rule})` };
}

const runtime = Runtime.shipped('torch-distributed');
const trainJob =
  (name: string): Build =>
  (chart) =>
    new TrainingJob(chart, name, { runtime });

function ofName(message: string, name: string): CelCase {
  const object = broken(trainJob('cel-name'), { metadata: { name } });
  return { message, object, ours: refusal(trainJob(name), 'kubernetes/invalid-service-name') };
}

const job = {
  name: 'node',
  template: {
    metadata: { labels: stepLabels('trainer') },
    spec: { template: { spec: { containers: [{ name: 'node', image: 'train:1' }] } } },
  },
};
const second = {
  ...job,
  name: 'other',
  template: { spec: job.template.spec },
  dependsOn: [{ name: 'node', status: 'Ready' as const }],
};
const spec: RuntimeDeclaration['spec'] = {
  mlPolicy: { torch: {} },
  template: { spec: { replicatedJobs: [job, second] } },
};

function ofRuntime(name: string, rule: string, message: string, patch: object): CelCase {
  const build =
    (patched: object): Build =>
    (chart) =>
      new ClusterTrainingRuntime(chart, name, { framework: 'torch', spec: mergePatch(spec, patched) as typeof spec });
  return { message, object: broken(build({}), { spec: patch }), ours: refusal(build(patch), rule) };
}

const llm: LLMInferenceServiceProps = { model: 'hf://owner/model', acknowledge: ['kserve/missing-presets'] };

function ofScaling(name: string, rule: string, message: string, scaling: object, more: object = {}): CelCase {
  const good = { scaling: { maxReplicas: 3, wva: { hpa: {} } } };
  const patch = { scaling, ...more };
  const build =
    (overrides: object): Build =>
    (chart) =>
      new LLMInferenceService(chart, name, { ...llm, overrides: overrides as Readonly<Record<string, unknown>> });
  return {
    message,
    object: broken(build(good), { spec: patch }),
    ours: refusal(build(mergePatch(good, patch) as object), rule),
  };
}

function ofChange(path: string, message: string, good: Build, patch: object): CelCase {
  const object = broken(good, patch);
  const replaced = new ImmutableFields(Schemas.shipped, FACTS).of(object).find((field) => path.startsWith(field));
  return { message, object, before: broken(good, {}), ...(replaced && { ours: { words: replaced, rule: replaced } }) };
}

/** A breach of every CEL rule of the kinds that workloads are of. */
export const CEL_CASES: readonly CelCase[] = [
  ofName('metadata.name must match RFC 1035 DNS label format', 'a.b'),
  ofName('metadata.name must be no more than 63 characters', 'a'.repeat(64)),
  {
    message: 'ManagedBy must be trainer.kubeflow.org/trainjob-controller or kueue.x-k8s.io/multikueue if set',
    object: broken(trainJob('cel-manager'), { spec: { managedBy: 'example.com/own' } }),
  },
  ofChange(
    'spec.activeDeadlineSeconds',
    'field is immutable',
    (chart) => new TrainingJob(chart, 'cel-deadline', { runtime, overrides: { activeDeadlineSeconds: 60 } }),
    { spec: { activeDeadlineSeconds: 61 } },
  ),
  ofChange(
    'spec.runPolicy.schedulingPolicy.queue',
    'spec.runPolicy.schedulingPolicy.queue is immutable',
    (chart) => new TrainingJob(chart, 'cel-queue', { image: 'train:1', jax: { worker: 1 }, runPolicy: { gang: { queue: 'a' } } }),
    { spec: { runPolicy: { schedulingPolicy: { queue: 'b' } } } },
  ),
  ofRuntime('cel-policies', 'trainer/several-policies', 'Only one of the policy can be configured', { mlPolicy: { jax: {} } }),
  ofRuntime('cel-flux', 'trainer/no-flux-processes', 'NumProcPerNode in fluxPolicy must be >= 1', {
    mlPolicy: { torch: null, flux: { numProcPerNode: 0 } },
  }),
  ofRuntime('cel-startup', 'jobset/invalid-order', 'StartupPolicy and DependsOn APIs are mutually exclusive', {
    template: { spec: { startupPolicy: { startupPolicyOrder: 'InOrder' } } },
  }),
  ofRuntime('cel-claims', 'jobset/invalid-claims', 'namespace cannot be set for VolumeClaimPolicies templates', {
    template: {
      spec: {
        volumeClaimPolicies: [
          {
            templates: [
              {
                metadata: { name: 'data', namespace: 'team' },
                spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
              },
            ],
          },
        ],
      },
    },
  }),
  ofChange(
    'spec.template.spec.failurePolicy',
    'Value is immutable',
    (chart) =>
      new ClusterTrainingRuntime(chart, 'cel-failure', {
        framework: 'torch',
        spec: mergePatch(spec, { template: { spec: { failurePolicy: { maxRestarts: 1 } } } }) as typeof spec,
      }),
    { spec: { template: { spec: { failurePolicy: { maxRestarts: 2 } } } } },
  ),
  ofScaling('cel-both', 'kserve/replicas-and-scaling', 'replicas and scaling are mutually exclusive', {}, { replicas: 1 }),
  ofScaling('cel-wva', 'kserve/not-one-actuator', 'wva is required when scaling is configured', { wva: null }),
  ofScaling('cel-bounds', 'kserve/invalid-llm-scale', 'minReplicas cannot exceed maxReplicas', { minReplicas: 4 }),
  ofScaling('cel-idle', 'kserve/invalid-idle-replicas', 'idleReplicaCount must be less than minReplicas', {
    minReplicas: 2,
    wva: { hpa: null, keda: { idleReplicaCount: 2 } },
  }),
  ofScaling('cel-actuators', 'kserve/not-one-actuator', 'hpa and keda are mutually exclusive', { wva: { keda: {} } }),
  ofScaling('cel-actuator', 'kserve/not-one-actuator', 'either hpa or keda must be specified', { wva: { hpa: null } }),
  ofScaling('cel-modifiers', 'kserve/unsupported-keda-advanced', 'scalingModifiers must not be set', {
    wva: { hpa: null, keda: { advanced: { scalingModifiers: { formula: 'a' } } } },
  }),
  ofScaling('cel-autoscaler', 'kserve/unsupported-keda-advanced', 'horizontalPodAutoscalerConfig.name must not be set', {
    wva: { hpa: null, keda: { advanced: { horizontalPodAutoscalerConfig: { name: 'a' } } } },
  }),
  ofChange(
    'spec.sourceModelUri',
    'StorageUri is immutable',
    (chart) =>
      new LocalModelCache(chart, 'cel-cache', { sourceModelUri: 'hf://a/b', modelSize: Size.gibibytes(1), nodeGroups: ['gpus'] }),
    { spec: { sourceModelUri: 'hf://a/c' } },
  ),
];

/** Rules that no case can break, and why. */
export const NO_CASE: Readonly<Record<string, string>> = {
  'minReplicas is required when idleReplicaCount is set': 'minReplicas has a default',
  'lastUpdatedTime is required when trainerStatus is present': 'nobody but the controller writes a status',
};
