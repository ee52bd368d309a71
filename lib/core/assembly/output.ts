import {
  accessSync,
  constants,
  existsSync,
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
import { dirname, join, sep } from 'node:path';
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
  const touched = [...changed.map(([file]) => file), ...obsolete];
  const foreign = changed.map(([file]) => file).find((file) => !earlier.has(file) && existsSync(join(folder, file)));
  if (foreign)
    throw new Error(`${join(folder, foreign)} is in the way: ${PLAN_FILE} does not list it; move it or give another folder`);
  checkWritable(folder, touched);
  mkdirSync(folder, { recursive: true });
  replaceAll(folder, changed, touched);
  removeEmptyFolders(folder, obsolete);
  return result;
}

/** The files of the earlier run, all of which must be there. */
function ownedFiles(folder: string): Set<string> {
  const plan = join(folder, PLAN_FILE);
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new Error(`${folder} is a file; give a folder for the output`);
  if (!existsSync(plan)) {
    const wave = existsSync(folder) ? readdirSync(folder).find((name) => /^wave-\d+$/.test(name)) : undefined;
    if (wave)
      throw new Error(
        `${join(folder, wave)} is there without ${PLAN_FILE}, so nobody knows whose files it holds; delete ${folder} or give another folder`,
      );
    return new Set();
  }
  let content: Partial<PlanFile>;
  try {
    content = JSON.parse(readFileSync(plan, 'utf8')) as PlanFile;
  } catch (error) {
    throw new Error(`${plan} cannot be read (${(error as Error).message}); delete ${folder} or give another folder`);
  }
  const files = [...Object.values(content.components ?? {}).flat(), ...(content.diagram ? [content.diagram] : [])];
  const missing = files.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) {
    throw new Error(
      `${folder} is half-deleted: ${missing.length} of the ${files.length} files in its ${PLAN_FILE} are gone, among them ${missing[0]}; delete the rest of it, too`,
    );
  }
  return new Set([...files, PLAN_FILE]);
}

/** Finds out before anything is touched whether every folder on the way can be written. */
function checkWritable(folder: string, files: readonly string[]): void {
  const folders = new Set(files.map((file) => nearestExisting(dirname(join(folder, file)))));
  for (const existing of folders) {
    try {
      accessSync(existing, constants.W_OK | constants.X_OK);
    } catch {
      throw new Error(`${existing} cannot be written; nothing was changed in ${folder}`);
    }
    if (!statSync(existing).isDirectory())
      throw new Error(`${existing} is a file where a folder is needed; nothing was changed in ${folder}`);
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

/** Writes aside first, then moves into place; what was there is kept until the last move and comes back when one fails. */
function replaceAll(folder: string, changed: readonly (readonly [string, string])[], touched: readonly string[]): void {
  let aside: string;
  try {
    aside = mkdtempSync(join(folder, '.synth-'));
  } catch (error) {
    throw new Error(`${folder} cannot be written (${(error as Error).message})`);
  }
  const moves: [from: string, to: string][] = [];
  const move = (from: string, to: string) => {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
    moves.push([from, to]);
  };
  try {
    for (const [file, content] of changed) {
      const staged = join(aside, 'new', file);
      mkdirSync(dirname(staged), { recursive: true });
      writeFileSync(staged, content);
    }
    for (const file of touched) if (existsSync(join(folder, file))) move(join(folder, file), join(aside, 'old', file));
    for (const [file] of changed) move(join(aside, 'new', file), join(folder, file));
  } catch (error) {
    for (const [from, to] of moves.reverse()) renameSync(to, from);
    throw new Error(`${folder} cannot be written (${(error as Error).message}); it was left as it was`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function removeEmptyFolders(folder: string, removed: readonly string[]): void {
  const parents = new Set(removed.flatMap((file) => file.split(sep).map((_, index, parts) => parts.slice(0, index).join(sep))));
  for (const parent of [...parents].filter(Boolean).sort((a, b) => b.length - a.length)) {
    const path = join(folder, parent);
    if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path);
  }
}
