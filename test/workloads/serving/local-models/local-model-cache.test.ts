import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { parse } from 'yaml';
import {
  KServe,
  LocalModelCache,
  type LocalModelCacheProps,
  LocalModelNodeGroup,
  Model,
  ModelServer,
  type ServerOptions,
  StorageCredentials,
} from '../../../../lib';
import { LOCAL_MODEL_RULES as localModelRules } from '../../../../lib/workloads/serving/local-models/rules';
import { type Build, describeRules, yaml } from '../../../support/rules';

const group = (chart: Construct) =>
  new LocalModelNodeGroup(chart, 'gpus', {
    storageLimit: Size.gibibytes(10),
    persistentVolume: { accessModes: ['ReadWriteOnce'], local: { path: '/models' }, capacity: { storage: '10Gi' } },
    persistentVolumeClaim: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
  });

const cache =
  (more: Partial<LocalModelCacheProps> = {}, id = 'llama'): Build =>
  (chart) =>
    new LocalModelCache(chart, id, {
      sourceModelUri: 'hf://a/b',
      modelSize: Size.gibibytes(10),
      nodeGroups: ['elsewhere'],
      ...more,
    });

describeRules('rules of cached models', localModelRules, {
  'kserve/unknown-cache-scheme': {
    refused: [[cache({ sourceModelUri: 'ftp://x' }), 'the storage URI "ftp://x"']],
    accepted: [cache({ sourceModelUri: 's3://a/b' })],
  },
  'kserve/model-cached-twice': {
    refused: [
      [
        (chart) => {
          cache({}, 'a')(chart);
          cache({}, 'b')(chart);
        },
        'the cache a has the same URI hf://a/b',
      ],
    ],
    accepted: [
      (chart) => {
        cache({}, 'a')(chart);
        cache({ sourceModelUri: 'hf://a/c' }, 'b')(chart);
      },
    ],
  },
  'kserve/cache-without-nodes': { refused: [[cache({ nodeGroups: [] }), 'no nodes keep the model']], accepted: [cache()] },
  'kserve/model-larger-than-disk': {
    refused: [
      [
        (chart) => cache({ modelSize: Size.gibibytes(11), nodeGroups: [group(chart)] })(chart),
        'the model takes 11Gi, the nodes of gpus have 10Gi',
      ],
    ],
    accepted: [(chart) => cache({ nodeGroups: [group(chart)] })(chart)],
  },
  'kserve/cache-without-agent': {
    warned: [
      (acknowledge) => (chart) => {
        KServe.existing(chart, { localModels: false });
        cache({ acknowledge })(chart);
      },
      'so nobody loads it; say localModel: {} of KServe, or localModels: true of KServe.existing where its agent is there',
    ],
    accepted: [
      cache(),
      (chart) => {
        KServe.existing(chart, { localModels: true });
        cache()(chart);
      },
    ],
  },
});

test('a server takes a cache as the source of its model, from the nodes that it names or none', () => {
  const server =
    (options: ServerOptions = {}): Build =>
    (chart) => {
      const made = new LocalModelCache(chart, 'llama', {
        sourceModelUri: 'hf://a/b',
        modelSize: Size.gibibytes(10),
        nodeGroups: ['gpus'],
      });
      new ModelServer(chart, 'chat', { model: Model.huggingface(made), ...options });
    };
  expect(yaml(server())).toContain('storageUri: hf://a/b');
  expect(yaml(server())).not.toContain('annotations');
  expect(yaml(server({ localModel: false }))).toContain('serving.kserve.io/disable-localmodel: "true"');
  expect(yaml(server({ localModel: 'gpus' }))).toContain('serving.kserve.io/nodegroup: gpus');
  expect(
    yaml((chart) => new ModelServer(chart, 'chat', { model: Model.huggingface('hf://a/b'), localModel: group(chart) })),
  ).toContain('serving.kserve.io/nodegroup: gpus');
});

test('a cache is loaded with credentials', () => {
  const load: Build = (chart) =>
    cache({ credentials: new StorageCredentials(chart, 'hub', { huggingFace: { secret: 'hub' } }) })(chart);
  expect(yaml(load)).toContain('serviceAccountName: hub');
});

test('a cache says what it keeps', () => {
  const { metadata, spec } = parse(yaml((chart) => cache({ nodeGroups: [group(chart)] })(chart)));
  expect(metadata).toEqual({ name: 'llama' });
  expect(spec).toEqual({ sourceModelUri: 'hf://a/b', modelSize: '10Gi', nodeGroups: ['gpus'] });
});
