import * as pulumi from '@pulumi/pulumi';
import { App, Chart, Size } from 'cdk8s';
import { LLMInferenceService, Model, ModelServer, StorageConfig, StorageCredentials, TrainedModel } from '../../../lib';
import { asString, Deployment } from '../../../lib/deploy/pulumi';
import { record, secretValue } from './recorder';

jest.setTimeout(60_000);

function deploy(add: (team: Chart) => void) {
  const app = new App();
  add(new Chart(app, 'team', { namespace: 'team' }));
  return record(() => new Deployment('main', { app }));
}

describe('what KServe refuses to change is replaced', () => {
  test('the mode of a server', async () => {
    const recording = await deploy(
      (team) => void new ModelServer(team, 'iris', { model: Model.sklearn('s3://models/iris'), deploymentMode: 'Standard' }),
    );
    expect(recording.get('team/iris')).toMatchObject({
      replaceOnChanges: ['metadata.annotations["serving.kserve.io/deploymentMode"]'],
      deleteBeforeReplace: true,
    });
  });

  test('the nodes of a language model, and the memory of a trained one', async () => {
    const recording = await deploy((team) => {
      new LLMInferenceService(team, 'qwen', { model: 'hf://Qwen/Qwen2.5-7B-Instruct', image: 'vllm:1' });
      new TrainedModel(team, 'iris', {
        server: 'elsewhere',
        framework: 'sklearn',
        storageUri: 's3://models/iris',
        memory: Size.gibibytes(1),
      });
    });
    expect(recording.get('team/qwen').replaceOnChanges).toEqual([
      ...['spec.parallelism.pipeline', 'spec.parallelism.data', 'spec.parallelism.dataLocal'],
      ...['spec.prefill.parallelism.pipeline', 'spec.prefill.parallelism.data', 'spec.prefill.parallelism.dataLocal'],
    ]);
    expect(recording.get('team/iris').replaceOnChanges).toEqual(['spec.model.memory']);
  });
});

test('credentials of stores are Outputs that stay secret, also inside JSON', async () => {
  const recording = await deploy((team) => {
    const secretAccessKey = asString(pulumi.secret('a"b'));
    const credentials = new StorageCredentials(team, 'models', { s3: { accessKeyId: 'id', secretAccessKey } });
    const stores = new StorageConfig(team, 'stores', { entries: { a: { type: 's3', accessKeyId: 'id', secretAccessKey } } });
    new ModelServer(team, 'iris', { model: Model.sklearn('s3://models/iris'), credentials });
    new ModelServer(team, 'cats', { model: Model.sklearn(stores.at('a', 'cats')) });
  });
  expect(secretValue(recording.get('team/models-s3').inputs.stringData)).toEqual({
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'a"b',
  });
  const { a } = secretValue(recording.get('team/stores').inputs.stringData) as { a: string };
  expect(JSON.parse(a)).toEqual({ type: 's3', access_key_id: 'id', secret_access_key: 'a"b' });
  expect(recording.get('team/iris').inputs.spec).toMatchObject({ predictor: { serviceAccountName: 'models' } });
});

test('values of a Hadoop cluster that are encoded here cannot be Outputs', () => {
  const team = new Chart(new App(), 'team', { namespace: 'team' });
  const ca = asString(pulumi.output('PEM'));
  const entries = { a: { type: 'hdfs', namenode: 'https://hdfs:9871', tls: { ca } } } as const;
  expect(() => new StorageConfig(team, 'stores', { entries })).toThrow('the entry a needs the value of tls.ca itself');
});
