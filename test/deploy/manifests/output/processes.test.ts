import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { contentOf, temporaryFolder } from '../../../support/folder';

const PROGRAM = join(__dirname, 'writer.cjs');
const FILES = 20;

/** Writes an output in a process of its own. */
function write(folder: string, content: string, ...stop: (string | number)[]) {
  const { status, signal, stderr } = spawnSync(process.execPath, [PROGRAM, folder, content, `${FILES}`, ...stop.map(String)], {
    encoding: 'utf8',
  });
  return { status, signal, stderr };
}

const WRITTEN = { status: 0, signal: null, stderr: '' };

/** The content that all files of a folder have; fails for a mixture, and for what a writer left. */
function contentIn(folder: string): string {
  const { 'plan.json': plan, ...files } = Object.fromEntries(
    Object.entries(contentOf(folder)).filter(([path]) => !path.endsWith('/')),
  );
  expect(Object.keys(files).sort()).toStrictEqual(JSON.parse(plan as string).components.all.sort());
  expect(Object.keys(files)).toHaveLength(FILES + 1);
  const [content, ...more] = new Set(Object.values(files));
  expect(more).toStrictEqual([]);
  expect(readdirSync(folder).filter((name) => name.startsWith('.synth'))).toStrictEqual([]);
  return content as string;
}

/** Writes in a process of its own that stops in the middle, and lives. */
async function paused(folder: string, content: string, operation: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, folder, content, `${FILES}`, `${operation}`, 'pause'], { stdio: 'ignore' });
  while (!existsSync(`${folder}.paused`)) await new Promise((resolve) => setTimeout(resolve, 5));
  return child;
}

/** Lets a writer that stopped go on; tells how it ended. */
async function ended(child: ChildProcess, folder?: string): Promise<unknown> {
  const end = new Promise((resolve) => child.once('exit', (status, signal) => resolve(signal ?? status)));
  if (folder) writeFileSync(`${folder}.go`, '');
  return end;
}

/** An operation in the middle of a write: everything is ready, and some of it is in its place. */
const MIDDLE = 60;

describe('a process that is killed in the middle of a write', () => {
  test.each([2, 3, 20, 50, 56, 58, 60, 62, 70, 80])('at operation %i leaves it to the next one to end it', (operation) => {
    const folder = join(temporaryFolder(), 'dist');
    expect(write(folder, 'first')).toStrictEqual(WRITTEN);
    expect(write(folder, 'second', operation, 'kill')).toMatchObject({ signal: 'SIGKILL' });
    expect(write(folder, 'third')).toStrictEqual(WRITTEN);
    expect(contentIn(folder)).toBe('third');
  });
});

describe('while a process writes into a folder', () => {
  test('another one is told so, and changes nothing', async () => {
    const folder = join(temporaryFolder(), 'dist');
    write(folder, 'first');
    const child = await paused(folder, 'second', MIDDLE);
    const { status, stderr } = write(folder, 'third');
    expect(status).toBe(3);
    expect(stderr).toMatch(
      new RegExp(
        `^${folder} is being written by process ${child.pid} since \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z; nothing was changed in it; wait for it, or give another folder`,
      ),
    );
    expect(await ended(child, folder)).toBe(0);
    expect(contentIn(folder)).toBe('second');
  });

  test('and is killed, the next one ends what it began', async () => {
    const folder = join(temporaryFolder(), 'dist');
    write(folder, 'first');
    const child = await paused(folder, 'second', MIDDLE);
    child.kill('SIGKILL');
    expect(await ended(child)).toBe('SIGKILL');
    expect(write(folder, 'third')).toStrictEqual(WRITTEN);
    expect(contentIn(folder)).toBe('third');
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it after the write', async (signal) => {
    const folder = join(temporaryFolder(), 'dist');
    write(folder, 'first');
    const child = await paused(folder, 'second', MIDDLE);
    child.kill(signal);
    expect(await ended(child, folder)).toBe(signal);
    expect(contentIn(folder)).toBe('second');
  });
});

test('a lock of another machine holds for ten minutes', () => {
  const folder = temporaryFolder();
  expect(write(folder, 'first', 5, 'kill')).toMatchObject({ signal: 'SIGKILL' });
  const file = join(folder, '.synth', 'writer.json');
  const writer = JSON.parse(contentOf(folder)['.synth/writer.json'] as string);
  expect(writer).toMatchObject({ host: hostname() });
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  writeFileSync(file, JSON.stringify({ ...writer, host: 'elsewhere', since: ago(9) }));
  expect(write(folder, 'second')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining(`by process ${writer.process} on elsewhere since`),
  });
  writeFileSync(file, JSON.stringify({ ...writer, host: 'elsewhere', since: ago(11) }));
  expect(write(folder, 'second')).toStrictEqual(WRITTEN);
  expect(contentIn(folder)).toBe('second');
});

test('a process that has the number of one that was killed is another one', () => {
  const folder = temporaryFolder();
  write(folder, 'first', 5, 'kill');
  const file = join(folder, '.synth', 'writer.json');
  const writer = JSON.parse(contentOf(folder)['.synth/writer.json'] as string);
  writeFileSync(file, JSON.stringify({ ...writer, process: process.pid }));
  expect(write(folder, 'second')).toStrictEqual(WRITTEN);
  expect(contentIn(folder)).toBe('second');
});

test.each([
  'a fresh folder',
  'a folder with an output',
  'a folder of one that was killed',
])('of several processes at once the last one has %s, without a mixture', async (kind) => {
  const folder = join(temporaryFolder(), 'dist');
  if (kind !== 'a fresh folder') write(folder, 'first');
  if (kind === 'a folder of one that was killed') write(folder, 'second', MIDDLE, 'kill');
  const contents = ['a', 'b', 'c', 'd', 'e', 'f'];
  const ends = await Promise.all(
    contents.map((content) => ended(spawn(process.execPath, [PROGRAM, folder, content, `${FILES}`], { stdio: 'ignore' }))),
  );
  expect(ends.filter((end) => end !== 0 && end !== 3)).toStrictEqual([]);
  const written = contents.filter((_, index) => ends[index] === 0);
  expect(written).toContain(contentIn(folder));
});
