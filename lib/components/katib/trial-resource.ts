import { jobs } from '../../../crds-imports/batch';
import { jobsets } from '../../../crds-imports/jobset.x-k8s.io';
import { jaxjobs, mpijobs, paddlejobs, pytorchjobs, tfjobs, xgboostjobs } from '../../../crds-imports/kubeflow.org';
import { trainjobs } from '../../../crds-imports/trainer.kubeflow.org';
import { allow, type Kind, type Permission, READ } from '../../core';

/**
 * A kind that trials can be made of. The controller watches it, and may create and delete its objects. One whose definition the
 * cluster lacks is skipped until the controller is started again.
 */
export class TrialResource {
  /** TrainJob, which runs as a JobSet of Jobs. */
  static readonly trainJob = TrialResource.of(trainjobs, { runsAs: [jobsets, jobs] });
  static readonly job = TrialResource.of(jobs);
  static readonly tfJob = TrialResource.of(tfjobs);
  static readonly pyTorchJob = TrialResource.of(pytorchjobs);
  static readonly mpiJob = TrialResource.of(mpijobs);
  static readonly xgBoostJob = TrialResource.of(xgboostjobs);
  static readonly paddleJob = TrialResource.of(paddlejobs);
  static readonly jaxJob = TrialResource.of(jaxjobs);

  /** What the release enables. */
  static readonly release: readonly TrialResource[] = [
    TrialResource.trainJob,
    TrialResource.job,
    TrialResource.tfJob,
    TrialResource.pyTorchJob,
    TrialResource.mpiJob,
    TrialResource.xgBoostJob,
  ];

  private constructor(
    readonly kind: Kind,
    private readonly runsAs: readonly Kind[],
  ) {}

  /**
   * Any kind, of the catalogue or `Kind.unknown`.
   *
   * @param options.runsAs kinds between an object of the kind and its pods, by which Katib finds the trial that a pod belongs to
   */
  static of(kind: Kind, { runsAs = [] }: { readonly runsAs?: readonly Kind[] } = {}): TrialResource {
    return new TrialResource(kind, runsAs);
  }

  /** What the controller needs for trials of the kind. */
  get permissions(): readonly Permission[] {
    return [
      allow(...READ, 'create', 'delete').on(this.kind),
      ...(this.runsAs.length > 0 ? [allow(...READ).on(...this.runsAs)] : []),
    ];
  }

  /** `Kind.version.group`, as the configuration has it. */
  toString(): string {
    const { kind, version, group } = this.kind;
    return `${kind}.${version}.${group}`;
  }
}

/** What is wrong with a list of trial resources. */
export function trialResourceProblems(resources: readonly TrialResource[]): string[] {
  if (resources.length === 0) return ['trialResources is empty; give at least one kind'];
  const names = resources.map(String);
  return [
    ...names.filter((name, index) => names.indexOf(name) < index).map((name) => `trialResources names ${name} twice`),
    ...resources
      .filter(({ kind }) => kind.scope === 'Cluster')
      .map(
        (resource) =>
          `trialResources names ${resource}, which is cluster-scoped; a trial is made in the namespace of its Experiment`,
      ),
  ];
}
