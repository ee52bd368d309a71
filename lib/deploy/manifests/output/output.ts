import { existsSync, statSync } from 'node:fs';
import { attempted } from './attempted';
import { changeOf, checkWritable, holds } from './change';
import { endExchange, exchange, isUnderWay, makeFolder, removeIfEmpty } from './exchange';
import { isTouched, Lock } from './lock';
import { unbroken } from './signals';

/** What a write changed in the output folder. */
export interface WriteResult {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

/**
 * Makes a folder hold exactly the given files, beside those that somebody else put there. Files of an earlier run that are no
 * longer produced go away; plan.json tells which they are. Either all of it happens or nothing, also when the process is ended from
 * outside: what one began that was killed is ended by the next write.
 *
 * @param files content by path below the folder; `plan.json` among them
 * @throws Error when another process writes into the folder, when it cannot be written or is not as its plan.json says; it is left as
 * it was
 */
export function writeOutput(folder: string, files: ReadonlyMap<string, string>): WriteResult {
  if (holds(folder, files) && !isTouched(folder)) return { written: 0, unchanged: files.size, removed: 0 };
  checkWritable(folder, ['']);
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new Error(`${folder} is a file; give a folder for the output`);
  return unbroken(() => {
    const made = attempted(() => makeFolder(folder), untouched(folder));
    try {
      return writeInto(folder, files);
    } catch (error) {
      for (const path of made.reverse()) removeIfEmpty(path);
      throw error;
    }
  });
}

/** Takes the folder, ends what another writer may have begun in it, and makes the change. */
function writeInto(folder: string, files: ReadonlyMap<string, string>): WriteResult {
  const lock = Lock.take(folder, untouched(folder));
  const { work } = lock;
  try {
    if (lock.isInherited)
      attempted(
        () => endExchange(folder, work),
        (reason) => `${folder} holds what a synthesis began that was interrupted, and it cannot be ended (${reason})`,
      );
    const change = changeOf(folder, files);
    const { incoming, obsolete } = change;
    if (incoming.length + obsolete.length > 0)
      attempted(
        () => exchange(folder, work, change),
        (reason) =>
          isUnderWay(work)
            ? `${folder} cannot be written (${reason}) and is half-written now; the next synthesis ends that`
            : untouched(folder)(reason),
      );
    lock.release();
    return { written: incoming.length, unchanged: files.size - incoming.length, removed: obsolete.length };
  } catch (error) {
    if (isUnderWay(work)) lock.abandon();
    else lock.release();
    throw error;
  }
}

function untouched(folder: string): (reason: string) => string {
  return (reason) => `${folder} cannot be written (${reason}); it was left as it was`;
}
