import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PLAN_FILE } from '../file-names';

/** Files that come and files that go, by their path in the output folder. */
export interface Exchange {
  readonly incoming: readonly (readonly [file: string, content: string])[];
  /** Those that change, too. */
  readonly outgoing: readonly string[];
}

/** Says which files go: from the moment that it is there until it is gone, the exchange is under way. */
const JOURNAL = 'journal.json';

/** What comes stands below `new` in the work folder until it is in its place; what goes is kept below `old`. */
const INCOMING = 'new';
const OUTGOING = 'old';

/**
 * Makes an exchange. Everything is written aside first and moved then.
 *
 * @param work an empty folder on the same file system; when it goes, the exchange is over
 * @throws Error when it cannot be made; everything is as it was then
 */
export function exchange(folder: string, work: string, { incoming, outgoing }: Exchange): void {
  const known = new Set<string>();
  for (const [file, content] of incoming) {
    const staged = join(work, INCOMING, file);
    makeFolder(dirname(staged), known);
    writeFileSync(staged, content);
  }
  const journal = join(work, JOURNAL);
  writeFileSync(`${journal}.new`, JSON.stringify(outgoing));
  renameSync(`${journal}.new`, journal);
  const moves: Move[] = [];
  try {
    makeMoves(folder, work, outgoing, (from, to) => {
      renameSync(from, to);
      moves.push([from, to]);
    });
  } catch (error) {
    for (const [from, to] of moves.reverse()) renameSync(to, from);
    rmSync(journal);
    throw error;
  }
}

/**
 * Ends an exchange that was broken off, at whatever point; one that had not come to its first move is forgotten.
 *
 * @throws Error when it cannot be ended; it is under way as before then
 */
export function endExchange(folder: string, work: string): void {
  const journal = join(work, JOURNAL);
  if (existsSync(journal)) makeMoves(folder, work, JSON.parse(readFileSync(journal, 'utf8')) as string[], renameSync);
  for (const path of [journal, `${journal}.new`, join(work, INCOMING), join(work, OUTGOING)])
    rmSync(path, { recursive: true, force: true });
}

/** Whether an exchange is under way. */
export function isUnderWay(work: string): boolean {
  return existsSync(join(work, JOURNAL));
}

type Move = readonly [from: string, to: string];

/** The moves that are left to make; where each thing stands tells which. */
function makeMoves(folder: string, work: string, outgoing: readonly string[], move: (...move: Move) => void): void {
  const known = new Set<string>();
  for (const file of outgoing) {
    const [place, kept] = [join(folder, file), join(work, OUTGOING, file)];
    if (isThere(kept) || !isThere(place)) continue;
    makeFolder(dirname(kept), known);
    move(place, kept);
  }
  // A folder that is not there yet moves with all that is in it.
  const put = (staged: string, place: string) => {
    if (!isThere(place)) return move(staged, place);
    if (!lstatSync(staged).isDirectory()) throw new Error(`${place} is in the way`);
    for (const name of readdirSync(staged)) put(join(staged, name), join(place, name));
  };
  const staged = join(work, INCOMING);
  const names = existsSync(staged) ? readdirSync(staged) : [];
  // The plan comes last, as it tells what is there.
  for (const name of [...names.filter((other) => other !== PLAN_FILE), ...names.filter((other) => other === PLAN_FILE)])
    put(join(staged, name), join(folder, name));
  removeEmptyFolders(folder, outgoing);
}

/**
 * Makes a folder with its parents, and tells which are new. One by one: Node's own way never ends where a file system refuses them.
 *
 * @param known folders that are there
 */
export function makeFolder(path: string, known?: Set<string>): string[] {
  if (known?.has(path)) return [];
  known?.add(path);
  if (existsSync(path)) return [];
  const made = makeFolder(dirname(path), known);
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may make it at the same time.
    if (existsSync(path)) return made;
    throw error;
  }
  return [...made, path];
}

/** Whether something is at a path, if only a link to nothing. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function removeEmptyFolders(folder: string, removed: readonly string[]): void {
  const parents = new Set(removed.flatMap((file) => file.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))));
  for (const parent of [...parents].filter(Boolean).sort((a, b) => b.length - a.length)) removeIfEmpty(join(folder, parent));
}

/** Removes a folder, unless there is something in it. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}
