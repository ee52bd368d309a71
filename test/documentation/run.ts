// Runs programs one after another, each in the folder that it is given, and prints what became of them as JSON. A process of its own,
// since programs print their reports.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { REPOSITORY } from '../support/repository';

/** A program that is compiled already. */
export interface Compiled {
  readonly place: string;
  readonly folder: string;
  readonly javascript: string;
}

/** What became of it. */
export interface Outcome {
  readonly place: string;
  /** What it printed. */
  readonly printed: string;
  /** What it threw. */
  readonly error?: string;
}

const required = createRequire(join(REPOSITORY, 'package.json'));

function outcome({ place, folder, javascript }: Compiled): Outcome {
  mkdirSync(folder, { recursive: true });
  process.chdir(folder);
  const printed: string[] = [];
  const write = (text: string | Uint8Array) => {
    printed.push(String(text));
    return true;
  };
  const { stdout, stderr } = process;
  const own = [stdout.write, stderr.write] as const;
  stdout.write = write;
  stderr.write = write;
  try {
    new Function('require', 'exports', javascript)(required, {});
    return { place, printed: printed.join('') };
  } catch (error) {
    return { place, printed: printed.join(''), error: String((error as Error).message) };
  } finally {
    [stdout.write, stderr.write] = own;
  }
}

const compiled: Compiled[] = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(compiled.map(outcome)));
