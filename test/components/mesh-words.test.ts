import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Credentials, type Manifest, SqlDatabase } from '../../lib';
import { assembledPlatform, GROUND } from '../support/platform';
import { imports, sources } from '../support/source';

/** Labels and annotations of pods and namespaces that a mesh reads. */
const WORDS = /sidecar\.istio\.io|istio-injection|istio\.io\/(rev|dataplane-mode|use-waypoint)|(In|Out)boundPorts/;

const FILES = sources('lib').filter(
  (file) => /^lib\/(components|foundation)\//.test(file) && !file.startsWith('lib/foundation/istio/'),
);

test('no component says a word of a mesh', () => {
  expect(FILES.length).toBeGreaterThan(30);
  expect(FILES.filter((file) => WORDS.test(readFileSync(join(__dirname, '..', '..', file), 'utf8')))).toStrictEqual([]);
});

test('no component declares what guards a server or leads to it', () => {
  const importing = FILES.flatMap(imports).filter(({ to }) => /crds-imports\/(security|networking)\.istio\.io/.test(to));
  expect(importing.map(({ from, values }) => `${from}: ${values.join()}`)).toStrictEqual([
    'lib/components/kserve/permissions.ts: virtualservices',
  ]);
});

test('a platform without a mesh has nothing of one', () => {
  const credentials = Credentials.existing('db');
  const { model } = assembledPlatform({
    components: {
      ...GROUND,
      katib: { database: SqlDatabase.bundledMySql({ credentials }) },
      trainer: {},
      trainingOperator: {},
      kserve: { localModel: {} },
      kserveModelsWebApp: {},
      modelRegistry: { namespace: 'team', database: SqlDatabase.bundledPostgres({ credentials }) },
    },
  });
  const speaking = model.manifests.filter(
    (object) => object.kind !== 'CustomResourceDefinition' && worn(object).some((key) => key.includes('istio')),
  );
  expect(model.manifests.length).toBeGreaterThan(150);
  expect(speaking.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toStrictEqual([]);
});

/** Its API version, and the keys of the labels and annotations of an object and of its pods. */
function worn(object: Manifest): string[] {
  const { template } = (object.spec ?? {}) as { template?: { metadata?: Manifest['metadata'] } };
  const metadata = [object.metadata, template?.metadata].flatMap((of) => [of?.labels ?? {}, of?.annotations ?? {}]);
  return [object.apiVersion, ...metadata.flatMap((record) => Object.keys(record))];
}
