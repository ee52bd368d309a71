import { App } from 'cdk8s';
import { parse } from 'yaml';
import { Katib, type KatibConfig, Kind, TrialResource } from '../../../lib';
import { thrown } from '../../support/app';
import { find } from '../../support/platform';
import { DATABASE, granted, tuning } from './support';

function enabled(assembly: ReturnType<typeof tuning>): readonly string[] {
  const file = (find(assembly, 'ConfigMap', 'katib-config').data as Record<string, string>)['katib-config.yaml'] as string;
  return (parse(file) as KatibConfig).init.controller.trialResources;
}

const refusal = (...trialResources: TrialResource[]) =>
  thrown(() => new Katib(new App(), 'katib', { database: DATABASE, trialResources })).message;

describe('trial resources', () => {
  test('are those of the release, with the rights for them', () => {
    const assembly = tuning();
    expect(enabled(assembly)).toEqual([
      'TrainJob.v1alpha1.trainer.kubeflow.org',
      'Job.v1.batch',
      'TFJob.v1.kubeflow.org',
      'PyTorchJob.v1.kubeflow.org',
      'MPIJob.v1.kubeflow.org',
      'XGBoostJob.v1.kubeflow.org',
    ]);
    const rights = granted(assembly, 'katib-controller');
    for (const kind of [
      'trainer.kubeflow.org/trainjobs',
      'batch/jobs',
      'kubeflow.org/tfjobs',
      'kubeflow.org/pytorchjobs',
      'kubeflow.org/mpijobs',
      'kubeflow.org/xgboostjobs',
    ])
      for (const verb of ['get', 'list', 'watch', 'create', 'delete']) expect(rights).toContain(`${kind}:${verb}`);
    expect(rights.filter((right) => /cronjobs/.test(right))).toEqual([]);
    // It looks through the owners of every pod of a namespace that it watches.
    expect(rights.filter((right) => /paddlejobs|jaxjobs|replicasets/.test(right)).sort()).toEqual([
      'apps/replicasets:get',
      'kubeflow.org/jaxjobs:get',
      'kubeflow.org/paddlejobs:get',
    ]);
  });

  test('bring their rights with them', () => {
    const workflows = Kind.unknown('argoproj.io/v1alpha1', 'Workflow', 'workflows', 'Namespaced');
    const assembly = tuning({
      trialResources: [TrialResource.paddleJob, TrialResource.jaxJob, TrialResource.of(workflows)],
    });
    expect(enabled(assembly)).toEqual(['PaddleJob.v1.kubeflow.org', 'JAXJob.v1.kubeflow.org', 'Workflow.v1alpha1.argoproj.io']);
    const rights = granted(assembly, 'katib-controller');
    expect(rights).toEqual(
      expect.arrayContaining(['kubeflow.org/paddlejobs:create', 'kubeflow.org/jaxjobs:create', 'argoproj.io/workflows:delete']),
    );
    expect(rights.filter((right) => /pytorchjobs|trainjobs|batch/.test(right))).toEqual([]);
  });

  test('include what runs between them and their pods, to be read only', () => {
    const rights = granted(tuning({ trialResources: [TrialResource.trainJob] }), 'katib-controller');
    expect(rights.filter((right) => /^(batch|jobset)/.test(right)).sort()).toEqual([
      'batch/jobs:get',
      'batch/jobs:list',
      'batch/jobs:watch',
      'jobset.x-k8s.io/jobsets:get',
      'jobset.x-k8s.io/jobsets:list',
      'jobset.x-k8s.io/jobsets:watch',
    ]);
  });

  test('are at least one, each once, and live in a namespace', () => {
    expect(refusal()).toBe('katib: trialResources is empty; give at least one kind');
    expect(refusal(TrialResource.job, TrialResource.job)).toBe('katib: trialResources names Job.v1.batch twice');
    const cluster = TrialResource.of(Kind.unknown('example.com/v1', 'Run', 'runs', 'Cluster'));
    expect(refusal(cluster)).toBe(
      'katib: trialResources names Run.v1.example.com, which is cluster-scoped; a trial is made in the namespace of its Experiment',
    );
  });
});

describe('rights', () => {
  test('name every verb, but for what the controller passes on to early stopping services', () => {
    const wildcards = (assembly: ReturnType<typeof tuning>, role: string) =>
      granted(assembly, role).filter((right) => right.includes('*'));
    expect(wildcards(tuning(), 'katib-controller')).toEqual(['kubeflow.org/trials:*', 'kubeflow.org/trials/status:*']);
    expect(wildcards(tuning({ earlyStopping: { medianstop: false } }), 'katib-controller')).toEqual([]);
    expect(wildcards(tuning(), 'katib-ui')).toEqual([]);
  });

  test('let the controller read single Secrets and write none', () => {
    expect(granted(tuning(), 'katib-controller').filter((right) => right.startsWith('/secrets'))).toEqual(['/secrets:get']);
  });
});
