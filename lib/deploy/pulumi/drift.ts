import type { HorizontalPodAutoscaler } from '../../../crds-imports/autoscaling';
import type { Manifest } from '../../core';
import { groupOf } from '../../core/kind';

/** Fields that somebody else than the deployment writes, in objects of a kind. */
export interface Drift {
  /** `group/Kind`, whatever the version; the core group is `core`. */
  readonly kind: string;
  /**
   * Only objects that have one of these fields.
   *
   * @default - all objects of the kind
   */
  readonly where?: readonly string[];
  /** Property paths as Pulumi's `ignoreChanges` takes them; `[*]` stands for every item of a list. */
  readonly fields: readonly string[];
  /** Who writes them. */
  readonly writer: string;
}

/** Job kinds that Kueue starts and stops, with the field that it does so by. */
const QUEUED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['PyTorchJob', 'TFJob', 'MPIJob', 'XGBoostJob', 'PaddleJob', 'JAXJob'].map((kind) => [
      `kubeflow.org/${kind}`,
      'spec.runPolicy.suspend',
    ]),
  ),
  'trainer.kubeflow.org/TrainJob': 'spec.suspend',
  'jobset.x-k8s.io/JobSet': 'spec.suspend',
  'batch/Job': 'spec.suspend',
  'ray.io/RayCluster': 'spec.suspend',
  'ray.io/RayJob': 'spec.suspend',
  'sparkoperator.k8s.io/SparkApplication': 'spec.suspend',
};

/** Kinds whose CA bundle cert-manager writes on request, with the field that it is in. */
const INJECTED: Readonly<Record<string, string>> = {
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': 'webhooks[*].clientConfig.caBundle',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': 'webhooks[*].clientConfig.caBundle',
  'apiextensions.k8s.io/CustomResourceDefinition': 'spec.conversion.webhook.clientConfig.caBundle',
  'apiregistration.k8s.io/APIService': 'spec.caBundle',
};

/**
 * What controllers write over what a deployment declares. A change there is none of ours.
 *
 * What they write where an object declares nothing is not in the table: the provider compares what was declared, so defaults of
 * webhooks, further annotations and an empty field that is filled in show no difference anyway. An entry here makes the deployment
 * blind to the field, also to changes of its own program; hence `where`.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export const DRIFT: readonly Drift[] = [
  ...Object.entries(INJECTED).map(([kind, field]) => ({
    kind,
    where: ['inject-ca-from', 'inject-ca-from-secret', 'inject-apiserver-ca'].map(
      (name) => `metadata.annotations["cert-manager.io/${name}"]`,
    ),
    fields: [field],
    writer: "cert-manager's CA injector",
  })),
  ...Object.entries(QUEUED).map(([kind, field]) => ({
    kind,
    where: ['metadata.labels["kueue.x-k8s.io/queue-name"]'],
    fields: [field],
    writer: 'Kueue',
  })),
  {
    kind: 'kubeflow.org/PyTorchJob',
    where: ['spec.elasticPolicy'],
    fields: ['spec.pytorchReplicaSpecs.Worker.replicas'],
    writer: 'the autoscaler of an elastic job',
  },
  {
    kind: 'ray.io/RayCluster',
    where: ['spec.enableInTreeAutoscaling'],
    fields: ['spec.workerGroupSpecs[*].replicas', 'spec.workerGroupSpecs[*].scaleStrategy'],
    writer: "Ray's autoscaler",
  },
  {
    kind: 'rbac.authorization.k8s.io/ClusterRole',
    where: ['aggregationRule'],
    fields: ['rules'],
    writer: 'the controller manager, from the roles that are aggregated',
  },
];

/** The fields of an object that are not ours to change. */
export function ignoredFields(object: Manifest, table: readonly Drift[], autoscaled: ReadonlySet<string>): string[] {
  const kind = `${groupOf(object.apiVersion) || 'core'}/${object.kind}`;
  const fields = [
    ...table.filter((drift) => drift.kind === kind && isMeant(object, drift)).flatMap(({ fields }) => fields),
    ...(autoscaled.has(`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`) ? ['spec.replicas'] : []),
  ];
  return fields.filter((field) => isWithin(object, stepsOf(field).slice(0, -1)));
}

function isMeant(object: Manifest, { where }: Drift): boolean {
  return !where || where.some((field) => isWithin(object, stepsOf(field)));
}

/** `a.b[*]["c.d"]` in its steps. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\*|\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted ?? index ?? name ?? '',
  );
}

/** Whether an object has what the steps lead to; the engine complains of a path that leads nowhere. */
function isWithin(node: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return node !== undefined && node !== null && node !== false;
  if (typeof node !== 'object' || node === null) return false;
  if (step === '*') return Object.values(node).some((item) => isWithin(item, rest));
  return isWithin((node as Record<string, unknown>)[step], rest);
}

/** What the autoscalers of a model scale, as `Kind namespace/name`. */
export function autoscaled(objects: readonly Manifest[]): Set<string> {
  return new Set(
    objects
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject')
      .map((object) => {
        const { kind = 'Deployment', name } = (object as unknown as HorizontalPodAutoscaler).spec?.scaleTargetRef ?? {};
        return `${kind} ${object.metadata.namespace}/${name}`;
      }),
  );
}
