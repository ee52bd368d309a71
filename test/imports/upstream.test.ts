import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../lib/core/manifest';
import { namespaceOf } from '../../lib/imports/groups';
import { removeTemporary, temporary } from './fixtures/temporary';

const ROOT = join(__dirname, '../..');
const CATALOGUE = join(ROOT, 'crds-imports');
const UPSTREAM = join(ROOT, '../shared/reference/26.03.1');

/** The type of an object's kind, as a program writes it. */
function typeOf({ apiVersion, kind }: Manifest): string {
  const [version, group = 'core'] = apiVersion.split('/').reverse();
  const declared = readFileSync(join(CATALOGUE, `${group}.ts`), 'utf8');
  const [, value] = new RegExp(`export const (\\w+) = \\w+<\\w+>\\('${version}', '${kind}'`).exec(declared) ?? [];
  return `typeof catalogue.${namespaceOf(group)}.${value}.type`;
}

afterAll(removeTemporary);

const upstream = existsSync(UPSTREAM) ? test : test.skip;
upstream(
  'the types admit every object of the upstream release',
  () => {
    const objects = readdirSync(UPSTREAM)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => (JSON.parse(readFileSync(join(UPSTREAM, name), 'utf8')) as { objects: Manifest[] }).objects)
      // The reference holds the structured text of ConfigMaps as structures.
      .filter(({ kind }) => kind !== 'ConfigMap');
    const lines = objects.map(({ status: _, ...object }, index) => {
      const { apiVersion, kind, ...body } = object as Manifest;
      // A null (`creationTimestamp: null`) says nothing to an API server.
      const text = JSON.stringify(body, (_, value) => value ?? undefined);
      return `export const object${index}: ${typeOf(object as Manifest)} = ${text};`;
    });
    expect(lines.length).toBeGreaterThan(900);
    const program = join(temporary(), 'program.ts');
    writeFileSync(program, [`import * as catalogue from '${CATALOGUE}';`, ...lines].join('\n'));
    const flags = '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node';
    const args = [...flags.split(' '), '--typeRoots', join(ROOT, 'node_modules/@types'), program];
    expect(execFileSync(join(ROOT, 'node_modules/.bin/tsc'), args, { encoding: 'utf8' })).toBe('');
  },
  60_000,
);
