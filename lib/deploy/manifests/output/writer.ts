import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';

/** Who writes into a folder: a process, or a thread of one. */
export interface Writer {
  readonly id: string;
  readonly host: string;
  readonly process: number;
  readonly thread: number;
  /** When the process was started, as Linux counts it, so that a later process of the same number is another one; else undefined. */
  readonly started?: string;
  /** When it began to write, in the form of ISO 8601. */
  readonly since: string;
}

/** Milliseconds for which a writer that cannot be seen from here is taken to be at work; to write takes seconds. */
const TRUSTED = 10 * 60 * 1000;

/** The thread that asks. */
export function thisWriter(): Writer {
  const { pid } = process;
  const since = new Date().toISOString();
  return { id: randomUUID(), host: hostname(), process: pid, thread: threadId, started: startOf(pid), since };
}

/** Whether a writer may still be writing. */
export function isAtWork({ host, process: pid, thread, started, since }: Writer): boolean {
  const trusted = Date.now() - Date.parse(since) < TRUSTED;
  if (host !== hostname()) return trusted;
  if (!isAlive(pid) || startOf(pid) !== started) return false;
  // Nothing of a thread is heard while it writes: one that asks is not writing.
  return pid === process.pid ? thread !== threadId && trusted : true;
}

/** A writer in words. */
export function describeWriter({ host, process: pid, since }: Writer): string {
  return `process ${pid}${host === hostname() ? '' : ` on ${host}`} since ${since}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Undefined where there is no Linux, or no such process; one that only waits to be cleared away is none. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it is in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : fields[19];
  } catch {
    return undefined;
  }
}
