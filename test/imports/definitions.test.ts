import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from '../../lib/core/schemas/pool';

const ROOT = join(__dirname, '../..');
const POOL = join(ROOT, 'crds-imports/schemas');
const UPSTREAM = join(ROOT, '../shared/reference/26.03.1/crds');

const pool = Pool.at(POOL);
const names = readdirSync(POOL)
  .map((file) => file.slice(0, -'.json'.length))
  .flatMap((group) => Object.keys(pool.file(group)?.definitions ?? {}))
  .sort();

/** JSON whose text does not depend on the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

test('the pool has the definitions of the release', () => {
  expect(names).toHaveLength(109);
});

test('every definition is emitted as it was imported', () => {
  const digests = names.map((name) => [
    name,
    createHash('sha256')
      .update(canonical(pool.definition(name)))
      .digest('hex'),
  ]);
  expect(Object.fromEntries(digests)).toMatchSnapshot();
});

test('emitting all of them takes far less than a second', () => {
  const folder = Pool.at(join(POOL, '.'));
  const started = performance.now();
  for (const name of names) folder.definition(name);
  expect(performance.now() - started).toBeLessThan(500);
});

const compare = existsSync(UPSTREAM) ? test : test.skip;
compare('the emitted definitions equal the files that they were imported from, key for key', () => {
  expect(names).toEqual(
    readdirSync(UPSTREAM)
      .map((file) => file.slice(0, -'.json'.length))
      .sort(),
  );
  for (const name of names) {
    expect(pool.definition(name)).toEqual(JSON.parse(readFileSync(join(UPSTREAM, `${name}.json`), 'utf8')));
  }
});
