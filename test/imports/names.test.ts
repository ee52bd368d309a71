import { join } from 'node:path';
import type { Manifest } from '../../lib/core/manifest';
import { generate } from '../../lib/imports/generate';
import { catalogueOf } from '../../lib/imports/read-definitions';
import { readPool } from '../../lib/imports/read-pool';
import { camel, commonEnd, join as joined, meaning, typeName } from '../../lib/imports/words';
import { definitionOf, fields, listOf, number, text, withSpec } from './fixtures/definitions';

const { kinds, ...kubernetes } = readPool(join(__dirname, '../../crds-imports/schemas'));
const known = { ...kubernetes, definitions: new Map(), kinds: kinds.filter((kind) => kind.definition === undefined) };

/** The generated TypeScript of definitions. */
function printed(...definitions: Manifest[]): Map<string, string> {
  return generate(
    catalogueOf(definitions),
    { kinds: 'cdk8s-kubeflow', types: 'cdk8s-kubeflow', pool: 'folder', extension: '' },
    known,
  );
}

test('an interface has the name of the field that holds it, in the singular for a list', () => {
  const route = fields({ host: text, path: text, port: number });
  const file = printed(
    definitionOf('example.org', 'Gate', {
      v1: withSpec(fields({ routes: listOf(route), retry: fields({ attempts: number, delay: text, jitter: text }) })),
    }),
  ).get('example.org.ts');
  expect(file).toContain('export interface Gate {');
  expect(file).toContain('routes?: readonly Route[];');
  expect(file).toContain('retry?: Retry;');
});

test('two different types of the same name are told apart by what holds them', () => {
  const file = printed(
    definitionOf('example.org', 'Gate', {
      v1: withSpec(
        fields({
          http: fields({ match: fields({ uri: text, method: text, host: text }) }),
          tcp: fields({ match: fields({ port: number, subnet: text, host: text }) }),
        }),
      ),
    }),
  ).get('example.org.ts');
  expect(file).toContain('match?: HttpMatch;');
  expect(file).toContain('match?: TcpMatch;');
});

test('a type that several kinds use keeps the plain name, and is one interface', () => {
  const policy = fields({ limit: number, wait: text, clean: text });
  const other = fields({ limit: number, wait: text, keep: text });
  const file = printed(
    definitionOf('example.org', 'Cat', { v1: withSpec(fields({ runPolicy: policy })) }),
    definitionOf('example.org', 'Dog', { v1: withSpec(fields({ runPolicy: policy, size: number })) }),
    definitionOf('example.org', 'Eel', { v1: withSpec(fields({ runPolicy: other })) }),
  ).get('example.org.ts');
  expect(file?.match(/interface RunPolicy /g)).toHaveLength(1);
  expect(file).toContain('runPolicy?: RunPolicy;');
  expect(file).toContain('export interface EelRunPolicy {');
});

test('fields that end alike give a type they share the common name', () => {
  const spec = fields({ replicas: number, image: text, command: text });
  const file = printed(
    definitionOf('example.org', 'AJob', {
      v1: withSpec(fields({ aReplicaSpecs: { type: 'object', additionalProperties: spec } })),
    }),
    definitionOf('example.org', 'BJob', {
      v1: withSpec(fields({ bReplicaSpecs: { type: 'object', additionalProperties: spec }, x: text })),
    }),
  ).get('example.org.ts');
  expect(file).toContain('aReplicaSpecs?: Record<string, ReplicaSpec>;');
});

test('a type of Kubernetes is reused, and an older copy of one has its name', () => {
  const selector = fields({
    matchLabels: { type: 'object', additionalProperties: text },
    matchExpressions: listOf(fields({ key: text, operator: text, values: listOf(text) }, 'key', 'operator')),
  });
  const file = printed(
    definitionOf('example.org', 'Box', {
      v1: withSpec(fields({ selector, hostAliases: listOf(fields({ hostnames: listOf(text), ip: text })) })),
    }),
  ).get('example.org.ts');
  expect(file).toContain("import type { meta } from 'cdk8s-kubeflow';");
  expect(file).toContain('selector?: meta.LabelSelector;');
  expect(file).not.toContain('interface LabelSelector');
  expect(file).toContain('export interface HostAlias {\n  hostnames?: readonly string[];\n  ip?: string;\n}');
});

test('another version has types of its own only where they differ', () => {
  const spec = fields({ size: number, color: text, shape: text });
  const wider = fields({ size: number, color: text, shape: text, weight: number });
  const same = printed(definitionOf('example.org', 'Box', { v1: withSpec(spec), v1beta1: withSpec(spec) })).get('example.org.ts');
  expect(same).toContain("export const boxsV1beta1 = namespaced<Box>('v1beta1', 'Box', 'boxs');");
  const different = printed(definitionOf('example.org', 'Box', { v1: withSpec(wider), v1beta1: withSpec(spec) })).get(
    'example.org.ts',
  );
  expect(different).toContain("export const boxsV1beta1 = namespaced<BoxV1beta1>('v1beta1', 'Box', 'boxs');");
  expect(different).toContain('spec?: BoxV1beta1Spec;');
});

test('types of several groups are in one file', () => {
  const policy = fields({ limit: number, wait: text, clean: text });
  const files = printed(
    definitionOf('a.org', 'Cat', { v1: withSpec(fields({ policy })) }),
    definitionOf('b.org', 'Dog', { v1: withSpec(fields({ policy, size: number })) }),
  );
  expect(files.get('shared.ts')).toContain('export interface Policy {');
  expect(files.get('a.org.ts')).toContain("import type * as shared from './shared';");
  expect(files.get('b.org.ts')).toContain('policy?: shared.Policy;');
});

test('a version that is not served has a schema but no value', () => {
  const files = printed(definitionOf('example.org', 'Box', { v1: withSpec(fields({})), v0: withSpec(fields({})) }, ['v0']));
  expect(files.get('example.org.ts')).not.toContain("'v0'");
  expect(files.get('schemas/example.org.json')).toContain('"v0/Box": {"plural":"boxs","scope":"Namespaced","served":false');
});

test('a name never ends up with more than sixty characters', () => {
  const deep = (levels: number): ReturnType<typeof fields> => {
    const name = 'anExceedinglyLongNameOfAField';
    return levels === 0
      ? fields({ [`end${levels}`]: text, b: text, c: text })
      : fields({ [name]: deep(levels - 1), [`b${levels}`]: text, c: text });
  };
  const file = printed(definitionOf('example.org', 'Box', { v1: withSpec(deep(12)) })).get('example.org.ts') ?? '';
  const names = [...file.matchAll(/^export interface (\w+)/gm)].map(([, name = '']) => name);
  expect(names).toHaveLength(14);
  expect(new Set(names).size).toBe(14);
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(62);
});

test('fields and plurals that are no identifiers are quoted, or changed', () => {
  const definition = definitionOf('example.org', 'Class', { v1: withSpec(fields({ 'x-y': text, "it's": number, class: text })) });
  const spec = definition.spec as { names: { plural: string } };
  spec.names.plural = 'class';
  const file = printed({ ...definition, metadata: { name: 'class.example.org' } }).get('example.org.ts');
  expect(file).toContain("'x-y'?: string;");
  expect(file).toContain("'it\\'s'?: number;");
  expect(file).toContain("export const class_ = namespaced<Class>('v1', 'Class', 'class');");
});

test.each([
  ['runPolicy', false, 'RunPolicy'],
  ['policies', true, 'Policy'],
  ['addresses', true, 'Address'],
  ['matches', true, 'Match'],
  ['databases', true, 'Database'],
  ['responses', true, 'Response'],
  ['statuses', true, 'Status'],
  ['hostAliases', true, 'HostAlias'],
  ['tls', true, 'Tls'],
  ['metrics', true, 'Metric'],
  ['x-kubernetes-things', true, 'XKubernetesThing'],
  ['2fa', false, 'Part2fa'],
])('the type of %s (several: %s) is %s', (field, several, name) => {
  expect(typeName(field, several)).toBe(name);
});

test('names are put together word by word', () => {
  expect(joined('TrainJob', 'JobTemplate')).toBe('TrainJobTemplate');
  expect(joined('HTTPRoute', 'Match')).toBe('HTTPRouteMatch');
  expect(commonEnd(['JaxReplicaSpec', 'TfReplicaSpec'])).toBe('ReplicaSpec');
  expect(commonEnd(['PodSpec', 'JobSpec'])).toBeUndefined();
  expect(meaning('ApiTokenSecretRef')).toBe('SecretRef');
  expect(camel('x-y.z')).toBe('xYZ');
});
