import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import type { Manifest } from '../lib/core';
import { contentOf, temporaryFolder } from './support/folder';

const EXAMPLES = join(__dirname, '..', 'examples');
const programs = readdirSync(EXAMPLES).filter((file) => /^\d\d-.*\.ts$/.test(file));

/** Runs an example as a user would, and returns the folder that it wrote. */
function run(program: string): string {
  const folder = temporaryFolder();
  process.env.CDK8S_OUTDIR = folder;
  const told = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    require(join(EXAMPLES, program));
  } finally {
    told.mockRestore();
    delete process.env.CDK8S_OUTDIR;
  }
  return folder;
}

/** The objects in a folder, by the names of their files. */
function objectsIn(folder: string): Record<string, Manifest> {
  const files = Object.entries(contentOf(folder)).filter(([file]) => file.endsWith('.yaml'));
  return Object.fromEntries(files.map(([file, content]) => [basename(file, '.yaml'), parse(content) as Manifest]));
}

const written = new Map<string, string>();

test.each(programs)('%s is synthesised', (program) => {
  const folder = run(program);
  written.set(program, folder);
  expect(JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')).waves.length).toBeGreaterThan(0);
});

test('the first workloads are exactly two objects, with nothing in them that nobody asked for', () => {
  const template = {
    spec: {
      containers: [{ name: 'pytorch', image: 'ghcr.io/my-org/resnet-train:1.4', resources: { limits: { 'nvidia.com/gpu': 1 } } }],
    },
  };
  expect(objectsIn(written.get('01-first-workloads.ts') as string)).toStrictEqual({
    'pytorchjob-imagenet-resnet50': {
      apiVersion: 'kubeflow.org/v1',
      kind: 'PyTorchJob',
      metadata: { name: 'imagenet-resnet50', namespace: 'ml-team-a' },
      spec: { pytorchReplicaSpecs: { Master: { replicas: 1, template }, Worker: { replicas: 3, template } } },
    },
    'inferenceservice-resnet50': {
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: { name: 'resnet50', namespace: 'ml-team-a' },
      spec: {
        predictor: {
          minReplicas: 0,
          maxReplicas: 10,
          model: {
            modelFormat: { name: 'pytorch' },
            storageUri: 's3://my-bucket/models/resnet50/v1/',
            resources: { limits: { 'nvidia.com/gpu': 1 } },
          },
        },
      },
    },
  });
});
