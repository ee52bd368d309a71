import { Chart } from 'cdk8s';
import {
  ClusterTrainingRuntime,
  Elastic,
  Gpu,
  Runtime,
  TrainingJob,
  type TrainingJobProps,
  TrainingOperator,
  TrainingPolicy,
} from '../../../lib';
import { RULES as trainingJobRules } from '../../../lib/workloads/training/rules';
import { TRAIN_JOB_RULES as trainJobRules } from '../../../lib/workloads/training/train-job-rules';
import { assembled, notes, teamChart, warnings } from '../../support/app';
import { idsOf, IMAGE as image, jobWarnings, jobRefusal as refusal } from '../../support/training';

const torch = Runtime.shipped('torch-distributed');
const tune = Runtime.shipped('torchtune-llama3.2-1b');
const elastic = Elastic.between(1, 2);

const deprecated = Runtime.of(new ClusterTrainingRuntime(teamChart(), 'old', { image, deprecated: true }));

const launched = Runtime.of(
  new ClusterTrainingRuntime(teamChart(), 'launched', { image, policy: TrainingPolicy.mpi({ launcherAsNode: false }) }),
);

/** What is told of, with which words, until it is acknowledged. */
const WARNINGS: Readonly<Record<string, [TrainingJobProps, string]>> = {
  'kueue/no-resources': [
    { image, pytorch: { master: 1, worker: 2 }, queue: 'team-a' },
    'master and worker in a queue ask for no resources',
  ],
  'training-operator/elastic-master': [
    { image, pytorch: { master: 1, worker: 2, elastic } },
    'takes no part in the rendezvous of the workers',
  ],
  'training-operator/unknown-success-policy': [
    { image, tensorflow: { worker: 1 }, overrides: { successPolicy: 'Any' } },
    'successPolicy is "Any", which the operator does not know',
  ],
  'training-operator/unknown-restart-policy': [
    { image, jax: { worker: 1 }, overrides: { jaxReplicaSpecs: { Worker: { restartPolicy: 'Sometimes' } } } },
    'worker has the restart policy Sometimes',
  ],
  'training-operator/unknown-clean-up-policy': [
    { image, jax: { worker: 1 }, overrides: { runPolicy: { cleanPodPolicy: 'Some' } } },
    'cleanPodPolicy is Some, with which all pods stay',
  ],
  'trainer/launcher-only-environment': [
    { runtime: launched, env: { LEVEL: 'debug' } },
    'env reaches the launcher alone, which is no node of launched: have mpirun hand on LEVEL (-x LEVEL), or give it to the runtime',
  ],
  'trainer/deprecated-runtime': [{ runtime: deprecated }, 'the runtime old is deprecated and will be removed'],
};

describe('warnings', () => {
  test('are all tested', () => {
    const ids = [...idsOf(trainingJobRules, 'warning'), ...idsOf(trainJobRules, 'warning')];
    expect(new Set([...Object.keys(WARNINGS), 'training-operator/no-gang-scheduler'])).toEqual(new Set(ids));
  });

  test.each(Object.entries(WARNINGS))('%s is told until it is acknowledged', (id, [props, words]) => {
    expect(jobWarnings(props)).toContain(`${words}`);
    expect(jobWarnings(props)).toContain(`(${id})`);
    expect(jobWarnings({ ...props, acknowledge: [id] } as TrainingJobProps)).not.toContain(`(${id})`);
  });

  test('kueue/no-resources is not told of pods that ask for something, in the job or in its runtime', () => {
    const gpu = { resources: { gpu: Gpu.nvidia(1) }, queue: 'team-a' };
    expect(jobWarnings({ image, jax: { worker: 2 }, ...gpu })).not.toContain('kueue/no-resources');
    expect(jobWarnings({ image, jax: { worker: 2 } })).not.toContain('kueue/no-resources');
    expect(jobWarnings({ runtime: torch, queue: 'team-a' })).toContain('nodes in a queue ask for no resources');
    expect(jobWarnings({ runtime: torch, ...gpu })).not.toContain('kueue/no-resources');
    expect(jobWarnings({ runtime: tune, queue: 'team-a' })).not.toContain('kueue/no-resources');
  });

  test('only warnings are acknowledged', () => {
    expect(refusal({ image, jax: { worker: 1 }, acknowledge: ['training-operator/workers-without-master'] })).toContain(
      'acknowledge names training-operator/workers-without-master, which is no warning here',
    );
  });

  /** What is said of a job that wants its pods together, beside an operator that is declared after it. */
  function gang(operator: ConstructorParameters<typeof TrainingOperator>[2], acknowledge: string[] = []): string {
    const team = teamChart();
    new TrainingJob(team, 'job', { image, jax: { worker: 2 }, runPolicy: { gang: { priorityClass: 'night' } }, acknowledge });
    new TrainingOperator(new Chart(team.node.root, 'platform', { namespace: 'kubeflow' }), 'training-operator', operator);
    const assembly = assembled(team);
    return [...warnings(assembly), ...notes(assembly)].join('\n');
  }

  test('training-operator/no-gang-scheduler is told when the operator starts no pods together, and when nothing provides the priority class', () => {
    expect(gang({})).toContain(
      'team/job: its pods are to start together, but platform/training-operator has no gang scheduler, so they start one by one; give it one (gangScheduler), or leave runPolicy.gang out (training-operator/no-gang-scheduler)',
    );
    expect(gang({ gangScheduler: 'volcano' })).not.toContain('training-operator/no-gang-scheduler');
    expect(gang({}, ['training-operator/no-gang-scheduler'])).not.toContain('training-operator/no-gang-scheduler');
    expect(gang({})).toContain('spec.runPolicy.schedulingPolicy.priorityClass names PriorityClass night, which nothing');
  });
});
