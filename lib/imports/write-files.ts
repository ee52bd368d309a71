import { lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { HEADER } from './header';
import { OPENING } from './pool-text';

/**
 * Puts generated files into a folder, all of them or none, and removes those of an earlier run that are no longer generated.
 *
 * @throws Error when a path, or a link on its way, leads out of the folder
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const path of files.keys()) refuseOutside(folder, join(folder, path));
  const written: string[] = [];
  try {
    for (const [path, text] of files) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      refuseOutside(realpathSync(folder), realpathSync(dirname(target)));
      written.push(target);
      // A link that is there already would be followed.
      rmSync(`${target}.new`, { force: true });
      writeFileSync(`${target}.new`, text, { flag: 'wx' });
    }
  } catch (error) {
    for (const target of written) rmSync(`${target}.new`, { force: true });
    throw error;
  }
  for (const target of written) renameSync(`${target}.new`, target);
  for (const path of generated(folder)) if (!files.has(path)) rmSync(join(folder, path));
}

function refuseOutside(folder: string, path: string): void {
  const way = relative(folder, path);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
    throw new Error(`${path} is outside of ${folder}; nothing is written there`);
}

/** The files of a folder that an earlier run wrote. */
function generated(folder: string): string[] {
  return [...startingWith(HEADER, folder), ...startingWith(OPENING, join(folder, 'schemas')).map((name) => `schemas/${name}`)];
}

function startingWith(opening: string, folder: string): string[] {
  // A link to a folder elsewhere is not followed.
  const isFolder = lstatSync(folder, { throwIfNoEntry: false })?.isDirectory();
  const files = isFolder ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  return files.map(({ name }) => name).filter((name) => readFileSync(join(folder, name), 'utf8').startsWith(opening));
}
