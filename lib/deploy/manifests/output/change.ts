import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DIAGRAM_FILE, OWN_FILE, PLAN_FILE } from '../file-names';
import type { PlanFile } from '../plan-file';
import { type Exchange, isThere } from './exchange';

/** What is to happen so that a folder holds an output. */
export interface Change extends Exchange {
  /** Files of an earlier run that are no longer produced. */
  readonly obsolete: readonly string[];
}

/** Whether a folder holds an output already, and nobody has to do anything. */
export function holds(folder: string, files: ReadonlyMap<string, string>): boolean {
  try {
    const listed = [...listedFiles(join(folder, PLAN_FILE)), PLAN_FILE];
    return listed.length === files.size && listed.every((file) => hasContent(join(folder, file), files.get(file)));
  } catch {
    return false;
  }
}

/**
 * What is to happen so that a folder holds an output, beside the files that somebody else put there.
 *
 * @throws Error when the folder cannot be written or is not as an earlier run left it
 */
export function changeOf(folder: string, files: ReadonlyMap<string, string>): Change {
  const owned = ownedFiles(folder, files);
  const incoming = [...files].filter(([file, content]) => !hasContent(join(folder, file), content));
  const obsolete = [...owned].filter((file) => !files.has(file) && isThere(join(folder, file)));
  const changed = incoming.map(([file]) => file);
  checkWritable(folder, [...changed, ...obsolete]);
  const outgoing = [...changed.filter((file) => isThere(join(folder, file))), ...obsolete];
  const foreign = outgoing.find((file) => !owned.has(file));
  if (foreign)
    throw new Error(`${join(folder, foreign)} is in the way: ${PLAN_FILE} does not list it; move it or give another folder`);
  const odd = outgoing.find((file) => isFolder(join(folder, file)));
  if (odd) throw new Error(`${join(folder, odd)} is a folder where a file of the output belongs; move it or give another folder`);
  return { incoming, outgoing, obsolete };
}

/** The files of the earlier run; not all of them need to be there. */
function ownedFiles(folder: string, files: ReadonlyMap<string, string>): ReadonlySet<string> {
  if (isThere(join(folder, PLAN_FILE))) return new Set([...listedFiles(join(folder, PLAN_FILE)), PLAN_FILE]);
  for (const wave of readdirSync(folder).filter((name) => /^wave-\d+$/.test(name))) {
    // Where nothing but the plan was lost, it is put back.
    const content = isFolder(join(folder, wave)) ? filesBelow(join(folder, wave)) : [];
    if (content.length > 0 && content.every((path) => hasContent(path, files.get(relative(folder, path))))) continue;
    throw new Error(
      `${join(folder, wave)} is there without ${PLAN_FILE}, so nobody knows whose files it holds; delete ${folder} or give another folder`,
    );
  }
  return new Set();
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

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

function hasContent(path: string, content: string | undefined): boolean {
  try {
    return readFileSync(path, 'utf8') === content;
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Finds out before anything is touched whether every folder on the way can be written. */
export function checkWritable(folder: string, files: readonly string[]): void {
  const parents = new Set(files.map((file) => dirname(join(folder, file))));
  for (const existing of new Set([...parents].map(nearestExisting))) {
    if (!isFolder(existing)) throw new Error(`${existing} is a file where a folder is needed; nothing was changed in ${folder}`);
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
