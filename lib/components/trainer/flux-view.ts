import type { Container } from '../../../crds-imports/core';
import type { ClusterTrainingRuntimeSpec } from '../../../crds-imports/trainer.kubeflow.org';
import { images } from '../../release/images';
import { podOf, type ReplicatedJob, STEP_CONTAINER, stepOf } from './runtime-shape';

/** The variable by which the flux policy learns which image brings flux. */
const VARIABLE = 'FLUX_VIEW_IMAGE';

/**
 * A runtime that says which image brings flux: otherwise the trainer takes one that no object names, so that it is in no list and comes
 * from no mirror. One that the runtime names stays.
 *
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/pkg/runtime/framework/plugins/flux/flux.go
 */
export function withFluxView(spec: ClusterTrainingRuntimeSpec): ClusterTrainingRuntimeSpec {
  const jobSet = spec.template?.spec;
  if (!spec.mlPolicy?.flux || !jobSet?.replicatedJobs) return spec;
  const replicatedJobs = jobSet.replicatedJobs.map((job) => (stepOf(job) === 'trainer' ? withVariable(job) : job));
  return { ...spec, template: { ...spec.template, spec: { ...jobSet, replicatedJobs } } };
}

function withVariable(job: ReplicatedJob): ReplicatedJob {
  const pod = podOf(job);
  if (!pod) return job;
  const containers = pod.containers.map((container) =>
    container.name === STEP_CONTAINER.trainer ? named(container) : container,
  );
  const { template } = job;
  return {
    ...job,
    template: { ...template, spec: { ...template.spec, template: { ...template.spec?.template, spec: { ...pod, containers } } } },
  } as ReplicatedJob;
}

function named(container: Container): Container {
  const env = container.env ?? [];
  return env.some(({ name }) => name === VARIABLE)
    ? container
    : { ...container, env: [...env, { name: VARIABLE, value: `${images.trainer.fluxView}` }] };
}
