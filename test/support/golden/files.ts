import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Content by path below a folder. */
export type Files = ReadonlyMap<string, string>;

/** The path of an object's file, which stays the same when its wave is another one. */
export function withoutWave(path: string): string {
  return path.replace(/^wave-\d+\//, '');
}

/** The files below a folder, however deep. */
export function filesBelow(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.sort().map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}
