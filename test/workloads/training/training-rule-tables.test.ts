import { Runtime, TrainingJob, type TrainingJobProps } from '../../../lib';
import { type Manifest, Schemas } from '../../../lib/core';
import { ImmutableFields } from '../../../lib/deploy/pulumi/immutable';
import { FACTS } from '../../../lib/kinds';
import { assembled, errors, teamChart } from '../../support/app';
import { IMAGE as image, jobYaml as yaml } from '../../support/training';

const torch = Runtime.shipped('torch-distributed');

describe('what needs no rule', () => {
  test('fields of the MPI operator are unknown', () => {
    const props: TrainingJobProps = { image, mpi: { launcher: 1 }, overrides: { sshAuthMountPath: '/ssh' } };
    expect(errors(assembled(new TrainingJob(teamChart(), 'job', props)))).toEqual([
      expect.stringContaining('unknown field "sshAuthMountPath"'),
    ]);
  });

  test('Pulumi replaces what cannot be changed', () => {
    const fields = (apiVersion: string, kind: string) =>
      new ImmutableFields(Schemas.shipped, FACTS).of({ apiVersion, kind, metadata: { name: 'job' } } as Manifest);
    for (const kind of ['PyTorchJob', 'TFJob', 'XGBoostJob', 'MPIJob', 'PaddleJob', 'JAXJob']) {
      const replicas = expect.stringMatching(/^spec\.[a-z]+ReplicaSpecs$/);
      expect(fields('kubeflow.org/v1', kind)).toEqual(expect.arrayContaining([replicas, 'spec.runPolicy.schedulingPolicy']));
    }
    expect(fields('trainer.kubeflow.org/v1alpha1', 'TrainJob')).toEqual(
      expect.arrayContaining(['spec.runtimeRef', 'spec.initializer', 'spec.trainer', 'spec.managedBy', 'spec.runtimePatches']),
    );
  });

  test('labels of a TrainJob are its own, those of its pods are a patch', () => {
    const text = yaml({ runtime: torch, labels: { owner: 'research' }, podLabels: { cost: 'research' } });
    expect(text.indexOf('owner: research')).toBeLessThan(text.indexOf('spec:'));
    expect(text.indexOf('cost: research')).toBeGreaterThan(text.indexOf('runtimePatches:'));
  });
});
