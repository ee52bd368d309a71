import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OPENING } from './pool-text';
import { HEADER } from './print';

/** Puts generated files into a folder, all of them or none, and removes those of an earlier run that are no longer generated. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  const written: string[] = [];
  try {
    for (const [path, text] of files) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      written.push(target);
      writeFileSync(`${target}.new`, text);
    }
  } catch (error) {
    for (const target of written) rmSync(`${target}.new`, { force: true });
    throw error;
  }
  for (const target of written) renameSync(`${target}.new`, target);
  for (const path of generated(folder)) if (!files.has(path)) rmSync(join(folder, path));
}

/** The files of a folder that an earlier run wrote. */
function generated(folder: string): string[] {
  return [...startingWith(HEADER, folder), ...startingWith(OPENING, join(folder, 'schemas')).map((name) => `schemas/${name}`)];
}

function startingWith(opening: string, folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  return files.map(({ name }) => name).filter((name) => readFileSync(join(folder, name), 'utf8').startsWith(opening));
}
