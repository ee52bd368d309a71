import { Runtime, TrainingJob, type TrainingJobProps, trainingJobRules, trainingRuntimeRules, trainJobRules } from '../../lib';
import { type Manifest, Schemas } from '../../lib/core';
import { ImmutableFields } from '../../lib/deploy/pulumi/immutable';
import { FACTS } from '../../lib/kinds';
import { assembled, errors, teamChart } from '../support/app';
import { IMAGE as image, jobYaml as yaml } from '../support/training';

const torch = Runtime.shipped('torch-distributed');

/** Rules that nothing can break, and where that comes from; a test of this name shows it. */
const BY_CONSTRUCTION: Readonly<Record<string, string>> = {
  'TJ-21': 'fields of another MPIJob are unknown to the schema',
  'TJ-23': 'a change in the cluster, which Pulumi makes by replacing the job',
  'TJ-28': 'a change in the cluster, which Pulumi makes by replacing the job',
  'TR-7': 'a change in the cluster; where the trainer allows none, Pulumi replaces the job',
  'TR-20': 'labels of pods and labels of the job are two options',
};

/** The rules of the tables of the facts that are errors. */
const TABLES = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 18, 19, 20, 21, 22, 23, 24, 27, 28].map((number) => `TJ-${number}`),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 19, 20].map((number) => `TR-${number}`),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => `JS-${number}`),
  'Q-5',
  'Q-9',
];

describe('rules without a check', () => {
  const ruled = [...trainingJobRules, ...trainJobRules, ...trainingRuntimeRules].map(({ id }) => id);

  test('every rule of the tables has one, or needs none', () => {
    expect(TABLES.filter((id) => !ruled.includes(id) && !(id in BY_CONSTRUCTION))).toEqual([]);
    expect(Object.keys(BY_CONSTRUCTION).filter((id) => ruled.includes(id))).toEqual([]);
  });

  test('TJ-21: fields of the MPI operator are unknown', () => {
    const props: TrainingJobProps = { image, mpi: { launcher: 1 }, overrides: { sshAuthMountPath: '/ssh' } };
    expect(errors(assembled(new TrainingJob(teamChart(), 'job', props)))).toEqual([
      expect.stringContaining('unknown field "sshAuthMountPath"'),
    ]);
  });

  test('TJ-23, TJ-28, TR-7: Pulumi replaces what cannot be changed', () => {
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

  test('TR-20: labels of a TrainJob are its own, those of its pods are a patch', () => {
    const text = yaml({ runtime: torch, jobLabels: { owner: 'research' }, labels: { cost: 'research' } });
    expect(text.indexOf('owner: research')).toBeLessThan(text.indexOf('spec:'));
    expect(text.indexOf('cost: research')).toBeGreaterThan(text.indexOf('runtimePatches:'));
  });
});
