import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DIAGRAM_FILE } from './diagram';
import { PLAN_FILE, type PlanFile } from './plan-file';

/** What a write changed in the output folder. */
export interface WriteResult {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

/**
 * Makes a folder hold exactly the given files, beside those that somebody else put there. Files of an earlier run that are no
 * longer produced go away; plan.json tells which they are. Either all of it happens or nothing.
 *
 * @param files content by path below the folder; `plan.json` among them
 * @throws Error when the folder cannot be written or does not hold what its plan.json says; it is left as it was
 */
export function writeOutput(folder: string, files: ReadonlyMap<string, string>): WriteResult {
  const earlier = ownedFiles(folder);
  const changed = [...files].filter(
    ([file, content]) => !earlier.has(file) || readFileSync(join(folder, file), 'utf8') !== content,
  );
  const obsolete = [...earlier].filter((file) => !files.has(file));
  const result = { written: changed.length, unchanged: files.size - changed.length, removed: obsolete.length };
  if (changed.length === 0 && obsolete.length === 0) return result;
  checkWritable(folder, [...changed.map(([file]) => file), ...obsolete]);
  const foreign = changed.map(([file]) => file).find((file) => !earlier.has(file) && isThere(join(folder, file)));
  if (foreign)
    throw new Error(`${join(folder, foreign)} is in the way: ${PLAN_FILE} does not list it; move it or give another folder`);
  replaceAll(folder, changed, [...changed.map(([file]) => file).filter((file) => earlier.has(file)), ...obsolete]);
  removeEmptyFolders(folder, obsolete);
  return result;
}

/** The files of the earlier run, all of which must be there. */
function ownedFiles(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is a file; give a folder for the output`);
  if (!existsSync(join(folder, PLAN_FILE))) {
    const wave = readdirSync(folder).find((name) => /^wave-\d+$/.test(name));
    if (!wave) return new Set();
    throw new Error(
      `${join(folder, wave)} is there without ${PLAN_FILE}, so nobody knows whose files it holds; delete ${folder} or give another folder`,
    );
  }
  const files = listedFiles(join(folder, PLAN_FILE));
  const missing = files.filter((file) => !isFile(join(folder, file)));
  if (missing.length > 0) {
    throw new Error(
      `${folder} is half-deleted: ${missing.length} of the ${files.length} files in its ${PLAN_FILE} are gone, among them ${missing[0]}; delete the rest of it, too`,
    );
  }
  return new Set([...files, PLAN_FILE]);
}

/** Where this library puts the file of an object. What stands elsewhere is not for us to replace or remove. */
const OWN_FILE = /^wave-\d+(\/[a-z0-9_%][a-z0-9._%-]*){2}$/;

/** The files that a plan.json lists. */
function listedFiles(plan: string): string[] {
  let content: Partial<PlanFile> | null;
  try {
    content = JSON.parse(readFileSync(plan, 'utf8')) as Partial<PlanFile> | null;
  } catch (error) {
    throw new Error(`${plan} cannot be read (${(error as Error).message}); delete its folder or give another one`);
  }
  const { waves, components, diagram } = content ?? {};
  const files: readonly unknown[] = Object.values(components ?? {}).flat();
  // The picture is of the folder itself, beside the waves.
  const picture = diagram === DIAGRAM_FILE ? [DIAGRAM_FILE] : [];
  if (waves && components && files.every((file) => typeof file === 'string' && OWN_FILE.test(file)))
    return [...(files as string[]), ...picture];
  throw new Error(`${plan} is none that a synthesis wrote; move it or give another folder`);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Whether something is at a path, if only a link to nothing. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Finds out before anything is touched whether every folder on the way can be written. */
function checkWritable(folder: string, files: readonly string[]): void {
  const parents = new Set(files.map((file) => dirname(join(folder, file))));
  for (const existing of new Set([...parents].map(nearestExisting))) {
    if (!statSync(existing).isDirectory())
      throw new Error(`${existing} is a file where a folder is needed; nothing was changed in ${folder}`);
    try {
      accessSync(existing, constants.W_OK | constants.X_OK);
    } catch {
      throw new Error(`${existing} cannot be written; nothing was changed in ${folder}`);
    }
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

/**
 * Writes aside first, then moves into place; what was there is kept until the last move and comes back when one fails.
 *
 * @param replaced the files of an earlier run that change or go away
 */
function replaceAll(folder: string, changed: readonly (readonly [string, string])[], replaced: readonly string[]): void {
  const moves: [from: string, to: string][] = [];
  const made = new Set<string>();
  // One by one: to tell which are new, and because Node's own way never ends where a file system refuses new folders.
  const makeFolder = (path: string) => {
    if (made.has(path) || existsSync(path)) return;
    makeFolder(dirname(path));
    mkdirSync(path);
    made.add(path);
  };
  const move = (from: string, to: string) => {
    renameSync(from, to);
    moves.push([from, to]);
  };
  // A folder that is not there yet moves with all that is in it.
  const place = (staged: string, at: string) => {
    if (!existsSync(at)) move(staged, at);
    else for (const name of readdirSync(staged)) place(join(staged, name), join(at, name));
  };
  let aside: string | undefined;
  try {
    makeFolder(folder);
    aside = mkdtempSync(join(folder, '.synth-'));
    for (const [file, content] of changed) {
      const staged = join(aside, 'new', file);
      makeFolder(dirname(staged));
      writeFileSync(staged, content);
    }
    for (const file of replaced) {
      const kept = join(aside, 'old', file);
      makeFolder(dirname(kept));
      move(join(folder, file), kept);
    }
    if (changed.length > 0) place(join(aside, 'new'), folder);
  } catch (error) {
    for (const [from, to] of moves.reverse()) renameSync(to, from);
    for (const path of [...[...made].reverse(), ...(aside ? [aside] : [])]) rmSync(path, { recursive: true, force: true });
    throw new Error(`${folder} cannot be written (${(error as Error).message}); it was left as it was`);
  }
  rmSync(aside, { recursive: true, force: true });
}

function removeEmptyFolders(folder: string, removed: readonly string[]): void {
  const parents = new Set(removed.flatMap((file) => file.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))));
  for (const parent of [...parents].filter(Boolean).sort((a, b) => b.length - a.length)) {
    const path = join(folder, parent);
    if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path);
  }
}
