import { Size } from 'cdk8s';
import type { ClusterServingRuntimeSpec } from '../../../../crds-imports/serving.kserve.io';
import { Model, ModelServer, SERVING_RUNTIMES, TrainedModel, type TrainedModelProps } from '../../../../lib';
import { TRAINED_MODEL_RULES as trainedModelRules } from '../../../../lib/workloads/serving/server/trained-model-rules';
import { hasReference, referenceObjects } from '../../../support/reference';
import { type Build, describeRules } from '../../../support/rules';

const many =
  (props: Partial<TrainedModelProps>, ...ids: string[]): Build =>
  (chart) => {
    const server = new ModelServer(chart, 'server', {
      model: Model.triton(),
      resources: { memory: Size.gibibytes(2) },
    });
    for (const id of ids)
      new TrainedModel(chart, id, { server, framework: 'onnx', storageUri: 's3://a/b', memory: Size.gibibytes(1), ...props });
  };

describeRules('rules of trained models', trainedModelRules, {
  'kserve/invalid-trained-model-name': { refused: [[many({}, 'A_b'), 'the name "A_b"']], accepted: [many({}, 'a')] },
  'kserve/unknown-trained-model-scheme': {
    refused: [[many({ storageUri: 'pvc://a/b' }, 'a'), '"pvc://a/b" has none of the schemes s3://']],
    accepted: [many({ storageUri: 'gs://a/b' }, 'a')],
  },
  'kserve/server-with-own-model': {
    refused: [
      [
        (chart) => many({ server: new ModelServer(chart, 'full', { model: Model.sklearn('s3://a/b') }) }, 'a')(chart),
        'its server has a model of its own',
      ],
    ],
    accepted: [many({ server: 'elsewhere' }, 'a')],
  },
  'kserve/models-larger-than-server': {
    refused: [[many({}, 'a', 'b', 'c'), 'take 3072Mi of memory together, the server has 2048Mi']],
    accepted: [many({}, 'a', 'b'), many({ memory: Size.kibibytes(1500) }, 'a')],
  },
});

(hasReference ? test : test.skip)('the serving runtimes are those of the release', () => {
  const upstream = (referenceObjects().get('kserve') ?? []).filter(({ kind }) => kind === 'ClusterServingRuntime');
  const shape = ({
    supportedModelFormats = [],
    protocolVersions,
    workerSpec,
  }: Pick<ClusterServingRuntimeSpec, 'supportedModelFormats' | 'protocolVersions' | 'workerSpec'>) => ({
    formats: supportedModelFormats.map(({ name, version, autoSelect = false }) => ({ name, version, autoSelect })),
    protocolVersions,
    multiNode: workerSpec !== undefined,
  });
  const ours = Object.entries(SERVING_RUNTIMES).map(([name, spec]) => [name, shape(spec)]);
  expect(Object.fromEntries(ours)).toEqual(
    Object.fromEntries(upstream.map(({ metadata, spec }) => [metadata.name, shape(spec as ClusterServingRuntimeSpec)])),
  );
});
