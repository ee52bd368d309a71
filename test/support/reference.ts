import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Manifest } from '../../lib/core';

const FOLDER = resolve(__dirname, '..', '..', '..', 'shared', 'reference', '26.03.1');

/** Whether the reference of the upstream distribution is at hand; it is not part of the repository. */
export const hasReference = existsSync(FOLDER);

/** Objects of the upstream distribution by component, without their definitions. */
export function referenceObjects(): ReadonlyMap<string, readonly Manifest[]> {
  return new Map(referenceFiles().map(({ component, objects }) => [component, objects]));
}

/** Everything that upstream's example installs: the components without their variants, and their definitions. */
export function referenceExample(): Manifest[] {
  const files = referenceFiles().filter(({ component }) => !component.includes('.'));
  const definitions = new Set(files.flatMap(({ crds }) => crds));
  return [...[...definitions].map((name) => read<Manifest>('crds', `${name}.json`)), ...files.flatMap(({ objects }) => objects)];
}

interface ReferenceFile {
  readonly component: string;
  readonly crds: readonly string[];
  readonly objects: readonly Manifest[];
}

function referenceFiles(): ReferenceFile[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.map((file) => read<ReferenceFile>(file));
}

function read<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(FOLDER, ...path), 'utf8')) as T;
}
