import { error, type Rule, warning } from '../../core/rule';
import type { TrainJobFacts } from './train-job-rules';

/** A sentence over jobs whose launcher reaches nodes of another job: what is wrong, given the image of these nodes. */
const launching =
  (wrong: (facts: TrainJobFacts, image: string) => string | undefined) =>
  (facts: TrainJobFacts): string | undefined => {
    const { launched } = facts.runtime.shape ?? {};
    return launched && wrong(facts, launched.image ?? 'none');
  };

/**
 * The rules of jobs with a launcher. The trainer fills in the launcher's image, and its variables and resources; of the nodes only the
 * latter two, and only where the launcher is one of them. Patches cannot carry them either.
 *
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/pkg/runtime/framework/plugins/jobset/builder.go
 */
export const LAUNCHER_RULES: readonly Rule<TrainJobFacts>[] = [
  error(
    'trainer/launcher-only-image',
    'The trainer gives the image of a job to its launcher alone, and the program is started on nodes that do not have it.',
    launching(({ runtime, finished: { trainer } }, image) =>
      trainer?.image === undefined || trainer.image === image
        ? undefined
        : `image reaches the launcher alone, and the nodes keep ${image} of ${runtime.name}; declare a runtime with the image ${trainer.image}, and leave it out here`,
    ),
  ),
  error(
    'trainer/launcher-only-resources',
    'The trainer gives resources to a launcher that is no node, and none to the nodes that train.',
    launching(({ runtime, finished: { trainer } }) =>
      trainer?.resourcesPerNode === undefined || runtime.shape?.launcherAsNode
        ? undefined
        : `resources reach the launcher alone, which is no node of ${runtime.name}; give them to the runtime, for its nodes`,
    ),
  ),
  warning(
    'trainer/launcher-only-environment',
    'The trainer sets variables on a launcher that is no node, and mpirun hands on only those that it is told to.',
    launching(({ runtime, finished: { trainer } }) => {
      const names = (trainer?.env ?? []).map(({ name }) => name);
      return names.length === 0 || runtime.shape?.launcherAsNode
        ? undefined
        : `env reaches the launcher alone, which is no node of ${runtime.name}: have mpirun hand on ${names.join(', ')} (-x ${names[0]}), or give it to the runtime`;
    }),
  ),
];
