import fs, { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOutput } from '../../../../lib/deploy/manifests/output/output';
import { contentOf, temporaryFolder } from '../../../support/folder';

const OPERATIONS = ['mkdirSync', 'mkdtempSync', 'writeFileSync', 'renameSync', 'rmSync', 'rmdirSync'] as const;

type Files = Readonly<Record<string, string>>;

const OLD: Files = {
  'wave-0/team/configmap-a.yaml': 'a',
  'wave-0/team/configmap-b.yaml': 'b',
  'wave-0/gone/configmap-c.yaml': 'c',
};
const NEW: Files = {
  'wave-0/team/configmap-a.yaml': 'changed',
  'wave-0/team/configmap-b.yaml': 'b',
  'wave-0/team/configmap-d.yaml': 'd',
  'wave-1/other/configmap-e.yaml': 'e',
};
const OTHER: Files = { 'wave-0/gone/configmap-c.yaml': 'other', 'wave-1/other/configmap-f.yaml': 'f' };
/** Somebody else's, at places that come and go. */
const FOREIGN: Files = { 'README.md': 'mine', 'wave-0/team/notes.txt': 'mine' };

function output(files: Files): Map<string, string> {
  const plan = { waves: [], components: { team: Object.keys(files) } };
  return new Map([...Object.entries(files), ['plan.json', JSON.stringify(plan)]]);
}

/** A folder as a run left it, with somebody else's files in it; or one that is not there. */
function folderWith(files: Files | undefined): string {
  const folder = join(temporaryFolder(), 'dist');
  if (!files) return folder;
  writeOutput(folder, output(files));
  for (const [file, content] of Object.entries(FOREIGN)) writeFileSync(join(folder, file), content);
  return folder;
}

function filesIn(folder: string): Files {
  return Object.fromEntries(Object.entries(contentOf(folder)).filter(([path]) => !path.endsWith('/')));
}

type Operation = (...args: unknown[]) => unknown;

/** The operations of the file system as they are. */
const REAL = Object.fromEntries(OPERATIONS.map((name) => [name, fs[name] as Operation])) as Record<string, Operation>;

/** What happens in place of an operation that is the first one to go wrong, or one after it. */
type Accident = (name: string, args: unknown[], first: boolean) => unknown;

/** Does something while the operations on the file system go wrong from one of them on, counted from 1. Tells whether it came to that. */
function withAccident(operation: number, accident: Accident, action: () => void): boolean {
  let count = 0;
  for (const name of OPERATIONS)
    jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
      count += 1;
      return count < operation ? REAL[name]?.(...args) : accident(name, args, count === operation);
    }) as never);
  try {
    action();
  } finally {
    jest.restoreAllMocks();
  }
  return count >= operation;
}

/** A process that is killed before an operation. */
const killed: Accident = () => {
  throw new Error('killed');
};

/** A process that is killed in the middle of an operation: a file is there without its content, of a folder the first file is gone. */
const killedWithin: Accident = (name, args, first) => {
  const [path] = args as [string];
  if (first && name === 'writeFileSync') REAL.writeFileSync?.(path, '');
  if (first && name === 'rmSync' && existsSync(path)) {
    const [file] = Object.keys(filesIn(path));
    if (file) REAL.rmSync?.(join(path, file));
  }
  throw new Error('killed');
};

/** An operation that the file system refuses once. */
const refused: Accident = (name, args, first) => {
  if (first) throw new Error('disk on fire');
  return REAL[name]?.(...args);
};

/** Does something at every operation of a write of `NEW` in turn, each into a folder of its own. */
function atEveryOperation(before: Files | undefined, accident: Accident, then: (folder: string, error: unknown) => void): void {
  for (let operation = 1; ; operation++) {
    const folder = folderWith(before);
    let error: unknown;
    const happened = withAccident(operation, accident, () => {
      try {
        writeOutput(folder, output(NEW));
      } catch (thrown) {
        error = thrown;
      }
    });
    if (!happened) {
      expect(operation).toBeGreaterThan(10);
      return;
    }
    then(folder, error);
  }
}

/** Everything in a folder that holds an output and nothing else. */
function holding(files: Files, before: Files | undefined): Files {
  return { ...(before ? FOREIGN : {}), ...Object.fromEntries(output(files)) };
}

/** Expects that a folder has an output, and that nothing is left of the writers before. */
function expectFinished(folder: string, files: Files, before: Files | undefined): void {
  writeOutput(folder, output(files));
  expect(filesIn(folder)).toStrictEqual(holding(files, before));
  expect(readdirSync(folder).filter((name) => name.startsWith('.synth'))).toStrictEqual([]);
}

describe.each([
  ['before', killed],
  ['within', killedWithin],
])('a write that is killed %s any operation', (_, accident) => {
  test.each([
    ['the same', NEW],
    ['the earlier', OLD],
    ['another', OTHER],
  ])('is ended by the next one, of %s output', (_, next) => {
    atEveryOperation(OLD, accident, (folder) => expectFinished(folder, next, OLD));
  });

  test('into a folder that was not there is ended by the next one', () => {
    atEveryOperation(undefined, accident, (folder) => expectFinished(folder, OTHER, undefined));
  });
});

test.each([3, 8, 13, 18, 23])('a write that is killed is ended by the third one, when the next one is killed at %i', (second) => {
  atEveryOperation(OLD, killed, (folder) => {
    expect(() => withAccident(second, killed, () => void writeOutput(folder, output(OTHER)))).toThrow();
    expectFinished(folder, NEW, OLD);
  });
});

test.each([
  ['an output', OLD],
  ['nothing', undefined],
])('an operation that the file system refuses leaves a folder with %s as it was', (_, before) => {
  atEveryOperation(before, refused, (folder, error) => {
    const found = existsSync(folder) ? filesIn(folder) : {};
    // That something cannot be cleared away is no reason to fail.
    if (error === undefined) return expect(found).toMatchObject(holding(NEW, before));
    expect(found).toStrictEqual(before ? holding(before, before) : {});
    expect((error as Error).message).toMatch(/cannot be written \(disk on fire\); it was left as it was$/);
    expectFinished(folder, NEW, before);
  });
});
