import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALGORITHMS } from '../../../lib/workloads/tuning/algorithms';
import { REPOSITORY } from '../../support/repository';

test("docstrings name Katib's own settings, so that they are found by these", () => {
  const source = ['algorithms.ts', 'algorithm.ts']
    .map((file) => readFileSync(join(REPOSITORY, 'lib/workloads/tuning', file), 'utf8'))
    .join();
  const told = new Set(Array.from(source.matchAll(/Katib's `(\w+)`/g), ([, name]) => name));
  const names = Object.values(ALGORITHMS).flatMap(({ settings }) => Object.values(settings).map(({ name }) => name));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !told.has(name))).toEqual([]);
});
