import type { Deployment } from '../../../crds-imports/apps';
import * as kubeflow from '../../../crds-imports/kubeflow.org';
import type { PolicyRule } from '../../../crds-imports/rbac.authorization.k8s.io';
import { Image, type TrainingOperatorProps } from '../../../lib';
import { errors, told } from '../../support/app';
import { assembledPlatform, find, GROUND, objectsOf } from '../../support/platform';

const installed = (trainingOperator: TrainingOperatorProps = {}) =>
  assembledPlatform({ components: { ...GROUND, trainingOperator } });

function container(props?: TrainingOperatorProps) {
  return (find(installed(props), 'Deployment', 'training-operator') as unknown as Deployment).spec?.template.spec?.containers[0];
}

describe('the Training Operator', () => {
  const assembly = installed();

  test('stands in a closed world', () => {
    expect(errors(assembly)).toStrictEqual([]);
    expect(told(assembly, 'warning')).toStrictEqual([]);
  });

  test('defines the six kinds of jobs, and validates all but MPIJobs', () => {
    const { jaxjobs, mpijobs, paddlejobs, pytorchjobs, tfjobs, xgboostjobs } = kubeflow;
    const defined = objectsOf(assembly, 'training-operator').filter(({ kind }) => kind === 'CustomResourceDefinition');
    const jobs = [jaxjobs, mpijobs, paddlejobs, pytorchjobs, tfjobs, xgboostjobs];
    expect(defined.map(({ metadata }) => metadata.name).sort()).toStrictEqual(jobs.map(({ definition }) => definition).sort());
    const { webhooks } = find(
      assembly,
      'ValidatingWebhookConfiguration',
      'validator.training-operator.kubeflow.org',
    ) as unknown as {
      webhooks: { rules: { resources: string[] }[] }[];
    };
    const validated = webhooks.flatMap(({ rules }) => rules.flatMap(({ resources }) => resources));
    expect(validated.sort()).toStrictEqual(
      jobs
        .filter((kind) => kind !== mpijobs)
        .map(({ plural }) => plural)
        .sort(),
    );
  });

  test('may do with its jobs what a controller does', () => {
    const { rules } = find(assembly, 'ClusterRole', 'training-operator') as unknown as { rules: PolicyRule[] };
    const verbsOf = (name: string) => rules.filter(({ resources }) => resources?.includes(name)).flatMap(({ verbs }) => verbs);
    expect(verbsOf('pytorchjobs')).toStrictEqual(['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']);
    expect(verbsOf('pytorchjobs/status')).toStrictEqual(['get', 'patch', 'update']);
    expect(verbsOf('pytorchjobs/finalizers')).toStrictEqual(['update']);
    // Of Secrets and webhook configurations it needs its own only.
    expect(verbsOf('secrets')).toStrictEqual([]);
    expect(verbsOf('validatingwebhookconfigurations')).toStrictEqual([]);
  });
});

describe('options', () => {
  const upstream = [
    '--leader-elect',
    '--controller-threads=1',
    '--pytorch-init-container-image=alpine:3.10',
    '--mpi-kubectl-delivery-image=ghcr.io/kubeflow/training-v1/kubectl-delivery:v1-3f15cb8',
  ];

  test('are left out where nothing is asked for', () => {
    expect(container()?.args).toStrictEqual(upstream);
  });

  test.each<[TrainingOperatorProps, string]>([
    [{ concurrency: 7 }, '--controller-threads=7'],
    [{ gangScheduler: 'volcano' }, '--gang-scheduler-name=volcano'],
    [{ initContainerImage: Image.of('example.com/init:1') }, '--pytorch-init-container-image=example.com/init:1'],
    [{ kubectlDeliveryImage: Image.of('example.com/kubectl:1') }, '--mpi-kubectl-delivery-image=example.com/kubectl:1'],
  ])('%j reach the program', (props, argument) => {
    expect(container(props)?.args).toContain(argument);
  });

  test('give it other resources', () => {
    const resources = { requests: { cpu: '2' } };
    expect(container({ resources })?.resources).toStrictEqual(resources);
  });
});
