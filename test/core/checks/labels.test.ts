import fc from 'fast-check';
import { apps, core, kubeflow } from '../../../crds-imports';
import type { Body, Kind } from '../../../lib/core';
import { KubeObject } from '../../../lib/core';
import { assemble, errors } from '../../support/app';

type Fields = Readonly<Record<string, unknown>>;

function errorsOf(kind: Kind, metadata: Fields, fields: Fields = {}): string[] {
  return errors(
    assemble((chart) => {
      new KubeObject(chart, 'object', kind, { metadata: { name: 'a', ...metadata }, ...fields } as unknown as Body<unknown>);
    }),
  ).map((line) => line.replace('team/object: ', ''));
}

const NAME = 'letters, digits, "-", "_" and ".", a letter or digit first and last, 63 characters at most';
const KEY = `a DNS name and "/", or neither, and then ${NAME}`;

const pod = (labels: Fields, nodeSelector: Fields = {}) => ({
  metadata: { labels },
  spec: { nodeSelector, containers: [{ name: 'pytorch', image: 'i' }] },
});

const JOB = 'PyTorchJob team/a: spec.pytorchReplicaSpecs.Worker.template';
const job = (template: Fields) => ({ spec: { pytorchReplicaSpecs: { Worker: { template } } } });

describe('labels', () => {
  test.each([
    ['app', 'a'],
    ['app.kubernetes.io/name', ''],
    ['X_y', 'v1.2_rc-3'],
    ['a'.repeat(63), 'b'.repeat(63)],
    [`${'a'.repeat(63)}.example.com/b`, '9'],
  ])('%s: %j is one', (key, value) => {
    expect(errorsOf(core.configmaps, { labels: { [key]: value } })).toStrictEqual([]);
  });

  test.each(['', '-a', 'a b', 'a'.repeat(64), 'a/b/c', '/a', 'a/', 'Example.com/a', 'é'])('%j is no key', (key) => {
    expect(errorsOf(core.configmaps, { labels: { [key]: 'a' } })).toStrictEqual([
      `ConfigMap team/a: metadata.labels has the key ${JSON.stringify(key)}, must be ${KEY}`,
    ]);
  });

  test.each(['alice@example.com', '-', 'a'.repeat(64), 'a b'])('%j is no value', (value) => {
    expect(errorsOf(core.configmaps, { labels: { owner: value } })).toStrictEqual([
      `ConfigMap team/a: metadata.labels["owner"] is ${JSON.stringify(value)}, must be empty or ${NAME}`,
    ]);
  });

  test('are held to it on the pods of a custom resource, which the API server does not look at', () => {
    expect(errorsOf(kubeflow.pytorchjobs, {}, job(pod({ owner: 'a@b' }, { 'gpu type': 'a100' })))).toStrictEqual([
      `${JOB}.metadata.labels["owner"] is "a@b", must be empty or ${NAME}`,
      `${JOB}.spec.nodeSelector has the key "gpu type", must be ${KEY}`,
    ]);
  });

  test('that a program fills in are left alone', () => {
    expect(errorsOf(kubeflow.pytorchjobs, {}, job(pod({ a: '{{ .Name }}', b: `\${trialSpec.Name}` })))).toStrictEqual([]);
  });

  test('of a Pod are told once', () => {
    expect(errorsOf(core.pods, { labels: { a: '?' } }, { spec: pod({}).spec })).toHaveLength(1);
  });

  test('of a template that makes pods are told where they stand', () => {
    const selector = { matchLabels: { app: 'a' } };
    expect(errorsOf(apps.deployments, {}, { spec: { selector, template: pod({ app: 'a', 'b c': '' }) } })).toStrictEqual([
      `Deployment team/a: spec.template.metadata.labels has the key "b c", must be ${KEY}`,
    ]);
  });
});

describe('annotations', () => {
  test('have keys in any case, and any text', () => {
    expect(errorsOf(core.configmaps, { annotations: { 'Example.com/A': '{"a": 1}\n' } })).toStrictEqual([]);
  });

  test('have no other keys', () => {
    expect(errorsOf(core.configmaps, { annotations: { 'a b': '' } })).toStrictEqual([
      `ConfigMap team/a: metadata.annotations has the key "a b", must be ${KEY}`,
    ]);
  });

  test('have 256 KiB together', () => {
    const text = 'x'.repeat(128 * 1024 - 1);
    expect(errorsOf(core.configmaps, { annotations: { a: text, b: text } })).toStrictEqual([]);
    expect(errorsOf(core.configmaps, { annotations: { a: text, b: `${text}é` } })).toStrictEqual([
      'ConfigMap team/a: metadata.annotations has 262146 bytes, must have 262144 at most',
    ]);
  });
});

test('whatever is made of allowed characters, with letters at the ends, is a label', () => {
  const inner = fc.stringMatching(/^[-A-Za-z0-9_.]{0,61}$/);
  fc.assert(
    fc.property(inner, inner, (key, value) => {
      expect(errorsOf(core.configmaps, { labels: { [`k${key}k`]: `v${value}v` } })).toStrictEqual([]);
    }),
  );
});
