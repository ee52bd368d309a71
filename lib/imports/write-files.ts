import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  const typescript = readdirSync(folder).filter(
    (name) => name.endsWith('.ts') && readFileSync(join(folder, name), 'utf8').startsWith(HEADER),
  );
  const schemas = join(folder, 'schemas');
  const pool = existsSync(schemas) ? readdirSync(schemas).filter((name) => name.endsWith('.json')) : [];
  return [...typescript, ...pool.map((name) => `schemas/${name}`)];
}
