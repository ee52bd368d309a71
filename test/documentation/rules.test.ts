import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY as repository } from '../support/repository';
import { sources } from '../support/source';
import { ALL_RULES } from './all-rules';
import { productOf, rulesPage } from './rules-page';

const IDS = [...new Set(ALL_RULES.map(({ id }) => id))];

/** The text of some source files. */
const textOf = (files: readonly string[]) => files.map((file) => readFileSync(join(repository, file), 'utf8')).join('\n');

test('the page of rules is what the rules say; `npm run docs:rules` writes it', () => {
  expect(readFileSync(join(repository, 'docs/rules.md'), 'utf8')).toBe(rulesPage());
});

test('every rule stands on the page', () => {
  expect(IDS.filter((id) => !rulesPage().includes(`\`${id}\``))).toEqual([]);
});

test('no rule of the library is left out', () => {
  const declared = [
    ...textOf(sources('lib')).matchAll(
      /(?:\b(?:error|warning|note|ofContainers|reserved)\(\s*|\bid: )'([a-z0-9-]+\/[a-z0-9-]+)'/g,
    ),
  ];
  expect(declared.map(([, id]) => id).filter((id) => !(IDS as readonly (string | undefined)[]).includes(id))).toEqual([]);
  expect(new Set(declared.map(([, id]) => id)).size).toBe(IDS.length);
});

test('a name is a product and two to five words, in lower case', () => {
  expect(IDS.filter((id) => !/^[a-z][a-z0-9-]*\/[a-z]+(-[a-z]+){1,4}$/.test(id))).toEqual([]);
});

test('a name has one level and one reason', () => {
  const told = new Set(ALL_RULES.map(({ id, level, reason }) => `${id} ${level} ${reason}`));
  expect(told.size).toBe(IDS.length);
});

test('a reason is one sentence', () => {
  expect(ALL_RULES.filter(({ reason }) => !/^[A-Z][^.]*(\.\d[^.]*)*\.$/.test(reason)).map(({ id }) => id)).toEqual([]);
});

test('every rule is tested by its name', () => {
  const tests = textOf(sources('test').filter((file) => file.endsWith('.test.ts'))).replaceAll('\\/', '/');
  expect(IDS.filter((id) => !tests.includes(id)).sort()).toEqual([]);
});

test('rules belong to products that the page has', () => {
  const headings = rulesPage().match(/^## /gm);
  expect(headings).toHaveLength(new Set(ALL_RULES.map(productOf)).size);
});
