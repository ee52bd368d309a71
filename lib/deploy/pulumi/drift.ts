import type { HorizontalPodAutoscaler } from '../../../crds-imports/autoscaling';
import type { Manifest } from '../../core';
import { groupOf } from '../../core/kind';

/** Fields that somebody else than the deployment writes, in objects of a kind. */
export interface Drift {
  /** `group/Kind`, whatever the version; the core group is `core`. */
  readonly kind: string;
  /** Property paths as Pulumi's `ignoreChanges` takes them; `[*]` stands for every item of a list. */
  readonly fields: readonly string[];
  /** Who writes them. */
  readonly writer: string;
  /** Whether they are only written where nothing is declared; what is declared stays ours to change then. @default false */
  readonly defaults?: boolean;
}

const WEBHOOK_DRIFT = {
  fields: ['webhooks[*].clientConfig.caBundle'],
  writer: "cert-manager's CA injector, or the webhook's own program",
};

/**
 * What controllers and webhooks write into objects that a deployment declares, too. A change there is none of ours.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export const DRIFT: readonly Drift[] = [
  { kind: 'admissionregistration.k8s.io/MutatingWebhookConfiguration', ...WEBHOOK_DRIFT },
  { kind: 'admissionregistration.k8s.io/ValidatingWebhookConfiguration', ...WEBHOOK_DRIFT },
  {
    kind: 'apiextensions.k8s.io/CustomResourceDefinition',
    fields: ['spec.conversion.webhook.clientConfig.caBundle'],
    writer: "cert-manager's CA injector, or the webhook's own program",
  },
  { kind: 'apiregistration.k8s.io/APIService', fields: ['spec.caBundle'], writer: "cert-manager's CA injector" },
  { kind: 'core/PersistentVolumeClaim', fields: ['spec.volumeName'], writer: 'the volume binder' },
  {
    kind: 'core/Service',
    fields: ['spec.clusterIP', 'spec.clusterIPs', 'spec.healthCheckNodePort', 'spec.ports[*].nodePort'],
    writer: 'the API server',
  },
  {
    kind: 'core/ServiceAccount',
    fields: ['secrets', 'imagePullSecrets'],
    writer: 'clusters that make a token or a pull secret for each account',
  },
  {
    kind: 'kubeflow.org/PyTorchJob',
    fields: ['spec.runPolicy.suspend', 'spec.pytorchReplicaSpecs.Worker.replicas'],
    writer: 'Kueue, and the autoscaler of an elastic job',
  },
  ...['TFJob', 'MPIJob', 'XGBoostJob', 'PaddleJob', 'JAXJob'].map((kind) => ({
    kind: `kubeflow.org/${kind}`,
    fields: ['spec.runPolicy.suspend'],
    writer: 'Kueue',
  })),
  {
    kind: 'trainer.kubeflow.org/TrainJob',
    fields: ['spec.suspend', 'spec.managedBy', 'spec.runtimePatches'],
    writer: "Kueue and the trainer's webhook",
  },
  { kind: 'jobset.x-k8s.io/JobSet', fields: ['spec.suspend'], writer: 'Kueue' },
  { kind: 'batch/Job', fields: ['spec.suspend'], writer: 'Kueue' },
  {
    kind: 'kubeflow.org/Experiment',
    fields: ['spec.parallelTrialCount', 'spec.resumePolicy', 'spec.objective.metricStrategies', 'spec.metricsCollectorSpec'],
    writer: "Katib's webhook",
    defaults: true,
  },
  { kind: 'kubeflow.org/PVCViewer', fields: ['spec.podSpec'], writer: "the viewer's webhook" },
  {
    kind: 'kubeflow.org/Notebook',
    fields: [
      'notebooks.kubeflow.org/last-activity',
      'notebooks.kubeflow.org/last_activity_check_timestamp',
      'kubeflow-resource-stopped',
    ].map((name) => `metadata.annotations["${name}"]`),
    writer: 'the culler and the notebooks page',
  },
  {
    kind: 'ray.io/RayCluster',
    fields: ['spec.suspend', 'spec.workerGroupSpecs[*].replicas', 'spec.workerGroupSpecs[*].scaleStrategy'],
    writer: "Ray's autoscaler and Kueue",
  },
  {
    kind: 'pipelines.kubeflow.org/PipelineVersion',
    fields: ['metadata.ownerReferences'],
    writer: "the API server's webhook of Pipelines",
  },
];

/** The fields of an object that are not ours to change, as far as it has what they are in. */
export function ignoredFields(object: Manifest, table: readonly Drift[], autoscaled: ReadonlySet<string>): string[] {
  const kind = `${groupOf(object.apiVersion) || 'core'}/${object.kind}`;
  const fields = [
    ...table
      .filter((drift) => drift.kind === kind)
      .flatMap(({ fields, defaults }) => (defaults ? fields.filter((field) => !isDeclared(object, field)) : fields)),
    // The controller manager writes the rules of a role that others are aggregated to.
    ...(kind === 'rbac.authorization.k8s.io/ClusterRole' && object.aggregationRule ? ['rules'] : []),
    // A Secret that is declared empty is there for a program to fill.
    ...(kind === 'core/Secret' && !object.data && !object.stringData ? ['data'] : []),
    ...(autoscaled.has(`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`) ? ['spec.replicas'] : []),
  ];
  return fields.filter((field) => isWithin(object, stepsOf(field).slice(0, -1)));
}

/** `a.b[*]["c.d"]` in its steps. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\*|\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted ?? index ?? name ?? '',
  );
}

function isDeclared(object: Manifest, field: string): boolean {
  const value = stepsOf(field).reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], object);
  return value !== undefined;
}

/** Whether an object has what the steps lead to; the engine complains of a path that leads nowhere. */
function isWithin(node: unknown, [step, ...rest]: readonly string[]): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (step === undefined) return true;
  if (step === '*') return Object.values(node).some((item) => isWithin(item, rest));
  return isWithin((node as Record<string, unknown>)[step], rest);
}

/** What the autoscalers of a model scale, as `Kind namespace/name`. */
export function autoscaled(objects: readonly Manifest[]): Set<string> {
  return new Set(
    objects
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map((object) => {
        const { kind, name } = (object as unknown as HorizontalPodAutoscaler).spec?.scaleTargetRef ?? {};
        return `${kind} ${object.metadata.namespace}/${name}`;
      }),
  );
}
