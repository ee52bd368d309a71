import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOutput } from '../../../../lib/deploy/manifests/output/output';
import { thrown } from '../../../support/app';
import { contentOf, stateOf, temporaryFolder } from '../../../support/folder';

const LONG_AGO = new Date(0);

/** An output: files of one component, and the plan.json that lists them. */
function output(files: Record<string, string>): Map<string, string> {
  return new Map([
    ...Object.entries(files),
    ['plan.json', JSON.stringify({ waves: [], components: { team: Object.keys(files) } })],
  ]);
}

const A = 'wave-0/team/configmap-a.yaml';
const B = 'wave-0/team/configmap-b.yaml';
const C = 'wave-1/other/configmap-c.yaml';

/** A folder with an output whose files were written long ago. */
function written(files: Record<string, string>): string {
  const folder = temporaryFolder();
  writeOutput(folder, output(files));
  for (const file of Object.keys(contentOf(folder))) utimesSync(join(folder, file), LONG_AGO, LONG_AGO);
  return folder;
}

/** Expects that a write fails and touches nothing. Returns the message. */
function refusal(folder: string, files: Record<string, string>): string {
  // While it is looked at, the folder itself holds the lock.
  const state = () => ({ ...stateOf(folder), '.': undefined });
  const before = state();
  const { message } = thrown(() => writeOutput(folder, output(files)));
  expect(state()).toStrictEqual(before);
  return message;
}

describe('a write', () => {
  test('makes the folder and everything in it', () => {
    const folder = join(temporaryFolder(), 'not', 'there');
    expect(writeOutput(folder, output({ [A]: 'a', [C]: 'c' }))).toStrictEqual({ written: 3, unchanged: 0, removed: 0 });
    expect(contentOf(folder)).toMatchObject({ [A]: 'a', [C]: 'c' });
    expect(Object.keys(contentOf(folder)).filter((path) => path.endsWith('/'))).toStrictEqual([
      'wave-0/',
      'wave-0/team/',
      'wave-1/',
      'wave-1/other/',
    ]);
  });

  test('leaves alone what did not change', () => {
    const folder = written({ [A]: 'a', [B]: 'b' });
    const before = stateOf(folder);
    expect(writeOutput(folder, output({ [A]: 'a', [B]: 'changed' }))).toStrictEqual({ written: 1, unchanged: 2, removed: 0 });
    const after = stateOf(folder);
    expect(after[A]).toStrictEqual(before[A]);
    expect(after['plan.json']).toStrictEqual(before['plan.json']);
    expect(after[B]).toMatchObject({ content: 'changed' });
    expect(after[B]).not.toMatchObject({ changed: LONG_AGO.getTime() });
  });

  test('touches nothing at all when nothing changed', () => {
    const folder = written({ [A]: 'a', [B]: 'b' });
    const before = stateOf(folder);
    expect(writeOutput(folder, output({ [A]: 'a', [B]: 'b' }))).toStrictEqual({ written: 0, unchanged: 3, removed: 0 });
    expect(stateOf(folder)).toStrictEqual(before);
  });

  test('removes what is no longer produced, with the folders that it leaves empty', () => {
    const folder = written({ [A]: 'a', [B]: 'b', [C]: 'c' });
    expect(writeOutput(folder, output({ [A]: 'a' }))).toStrictEqual({ written: 1, unchanged: 1, removed: 2 });
    expect(Object.keys(contentOf(folder))).toStrictEqual(['plan.json', 'wave-0/', 'wave-0/team/', A]);
  });

  test('replaces a file of an earlier run that somebody changed', () => {
    const folder = written({ [A]: 'a' });
    writeFileSync(join(folder, A), 'by hand');
    expect(writeOutput(folder, output({ [A]: 'a' }))).toStrictEqual({ written: 1, unchanged: 1, removed: 0 });
    expect(contentOf(folder)[A]).toBe('a');
  });
});

describe("somebody else's files", () => {
  test('stay, also in folders that are otherwise empty', () => {
    const folder = written({ [A]: 'a', [C]: 'c' });
    const foreign = { 'README.md': 'mine', 'wave-1/other/notes.txt': 'mine', 'wave-7/kept.yaml': 'mine' };
    mkdirSync(join(folder, 'wave-7'));
    for (const [file, content] of Object.entries(foreign)) writeFileSync(join(folder, file), content);
    writeOutput(folder, output({ [A]: 'a' }));
    expect(contentOf(folder)).toMatchObject(foreign);
    expect(existsSync(join(folder, C))).toBe(false);
  });

  test('are not overwritten', () => {
    const folder = written({ [A]: 'a' });
    writeFileSync(join(folder, B), 'mine');
    expect(refusal(folder, { [A]: 'new', [B]: 'b' })).toBe(
      `${join(folder, B)} is in the way: plan.json does not list it; move it or give another folder`,
    );
  });

  test('are not overwritten either when they are folders or links to nothing', () => {
    const withFolder = written({ [A]: 'a' });
    mkdirSync(join(withFolder, B));
    expect(refusal(withFolder, { [A]: 'a', [B]: 'b' })).toContain('is in the way');
    const withLink = written({ [A]: 'a' });
    symlinkSync('/nonexistent/target', join(withLink, B));
    expect(thrown(() => writeOutput(withLink, output({ [A]: 'a', [B]: 'b' }))).message).toContain('is in the way');
  });

  test('may be a plan.json of another tool', () => {
    const foreign = [
      '{}',
      'null',
      '[]',
      '"text"',
      '{"resource_changes": []}',
      '{"components": []}',
      '{"waves": [], "components": {"a": "b"}}',
      '{"waves": [], "components": {"a": [1]}}',
    ];
    for (const content of foreign) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'plan.json'), content);
      expect(refusal(folder, { [A]: 'a' })).toBe(
        `${join(folder, 'plan.json')} is none that a synthesis wrote; move it or give another folder`,
      );
    }
  });

  test('are safe from a plan.json that lists them', () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'precious.yaml'), 'mine');
    const folder = join(outside, 'dist');
    mkdirSync(folder);
    writeFileSync(join(folder, 'README.md'), 'mine');
    for (const listed of [
      '../precious.yaml',
      'wave-0/../../precious.yaml',
      'wave-0/../README.md',
      'README.md',
      '/etc/hostname',
      join(outside, 'precious.yaml'),
    ]) {
      writeFileSync(join(folder, 'plan.json'), JSON.stringify({ waves: [], components: { team: [listed] } }));
      expect(refusal(folder, { [A]: 'a' })).toContain('is none that a synthesis wrote');
    }
    expect(contentOf(outside)).toMatchObject({ 'precious.yaml': 'mine', 'dist/README.md': 'mine' });
  });
});

describe('a folder that is not as it was left', () => {
  test('is a file', () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, 'text');
    expect(() => writeOutput(folder, output({ [A]: 'a' }))).toThrow(`${folder} is a file; give a folder for the output`);
  });

  test('lacks files that its plan.json lists, which are put back', () => {
    const folder = written({ [A]: 'a', [B]: 'b' });
    rmSync(join(folder, A));
    expect(writeOutput(folder, output({ [A]: 'a', [B]: 'b' }))).toStrictEqual({ written: 1, unchanged: 2, removed: 0 });
    expect(contentOf(folder)).toMatchObject({ [A]: 'a', [B]: 'b' });
    rmSync(join(folder, 'wave-0'), { recursive: true });
    expect(writeOutput(folder, output({ [A]: 'a', [B]: 'b' }))).toStrictEqual({ written: 2, unchanged: 1, removed: 0 });
  });

  test('lacks files that its plan.json lists, which nobody needs any longer', () => {
    const folder = written({ [A]: 'a', [B]: 'b' });
    rmSync(join(folder, A));
    expect(writeOutput(folder, output({ [B]: 'b' }))).toStrictEqual({ written: 1, unchanged: 1, removed: 0 });
  });

  test('lacks the picture that its plan.json names, which is put back', () => {
    const files = new Map([
      [A, 'a'],
      ['plan.svg', '<svg/>'],
      ['plan.json', JSON.stringify({ waves: [], diagram: 'plan.svg', components: { team: [A] } })],
    ]);
    const folder = temporaryFolder();
    writeOutput(folder, files);
    rmSync(join(folder, 'plan.svg'));
    expect(writeOutput(folder, files)).toStrictEqual({ written: 1, unchanged: 2, removed: 0 });
    expect(contentOf(folder)['plan.svg']).toBe('<svg/>');
  });

  test('has folders in the place of files that its plan.json lists', () => {
    const folder = written({ [A]: 'a' });
    rmSync(join(folder, A));
    mkdirSync(join(folder, A));
    expect(refusal(folder, { [A]: 'a' })).toBe(
      `${join(folder, A)} is a folder where a file of the output belongs; move it or give another folder`,
    );
  });

  test('has a file in the place of a folder', () => {
    const folder = written({ [A]: 'a' });
    rmSync(join(folder, 'wave-0'), { recursive: true });
    writeFileSync(join(folder, 'wave-0'), '');
    expect(refusal(folder, { [A]: 'a' })).toBe(
      `${join(folder, 'wave-0')} is a file where a folder is needed; nothing was changed in ${folder}`,
    );
  });

  test('lacks its plan.json and nothing else, which is put back', () => {
    const folder = written({ [A]: 'a', [B]: 'b' });
    rmSync(join(folder, 'plan.json'));
    expect(writeOutput(folder, output({ [A]: 'a', [B]: 'b' }))).toStrictEqual({ written: 1, unchanged: 2, removed: 0 });
  });

  test.each([
    ['other content', { [A]: 'new' }],
    ['other files', { [B]: 'b' }],
  ])('lacks its plan.json, and the output has %s', (_, files) => {
    const folder = written({ [A]: 'a' });
    rmSync(join(folder, 'plan.json'));
    expect(refusal(folder, files)).toBe(
      `${join(folder, 'wave-0')} is there without plan.json, so nobody knows whose files it holds; delete ${folder} or give another folder`,
    );
  });

  test('has a plan.json that is broken off', () => {
    const folder = written({ [A]: 'a' });
    writeFileSync(join(folder, 'plan.json'), '{"components": {"te');
    expect(refusal(folder, { [A]: 'a' })).toMatch(
      /plan\.json cannot be read \(.*JSON.*\); delete its folder or give another one$/,
    );
  });

  test('has a folder in the place of its plan.json', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'plan.json'));
    expect(refusal(folder, { [A]: 'a' })).toMatch(/plan\.json cannot be read/);
  });

  test('is there, but empty', () => {
    expect(writeOutput(temporaryFolder(), output({ [A]: 'a' }))).toMatchObject({ written: 2 });
  });
});

describe('a folder that cannot be written', () => {
  test('because a file stands where a folder must be', () => {
    const folder = written({ [A]: 'a' });
    writeFileSync(join(folder, 'wave-1'), 'mine');
    expect(refusal(folder, { [A]: 'new', [C]: 'c' })).toBe(
      `${join(folder, 'wave-1')} is a file where a folder is needed; nothing was changed in ${folder}`,
    );
  });

  test('because it lies below a file', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => writeOutput(join(file, 'dist'), output({ [A]: 'a' }))).toThrow(`${file} is a file where a folder is needed`);
  });

  test('because its file system takes no files', () => {
    expect(() => writeOutput('/proc/cdk8s-kubeflow', output({ [A]: 'a' }))).toThrow(
      /^\/proc(\/cdk8s-kubeflow)? cannot be written/,
    );
  });

  (process.getuid?.() === 0 ? test.skip : test)('because its permissions forbid it', () => {
    const folder = written({ [A]: 'a' });
    chmodSync(join(folder, 'wave-0', 'team'), 0o500);
    expect(refusal(folder, { [A]: 'new' })).toBe(
      `${join(folder, 'wave-0', 'team')} cannot be written; nothing was changed in ${folder}`,
    );
    chmodSync(join(folder, 'wave-0', 'team'), 0o700);
  });
});

describe('a write that fails halfway', () => {
  test('because a name is too long for the file system', () => {
    const folder = written({ [A]: 'a', [B]: 'b' });
    const before = contentOf(folder);
    const tooLong = `wave-2/team/configmap-${'x'.repeat(250)}.yaml`;
    expect(() => writeOutput(folder, output({ [A]: 'new', [tooLong]: 'x' }))).toThrow(
      /cannot be written \(ENAMETOOLONG.*\); it was left as it was$/,
    );
    expect(contentOf(folder)).toStrictEqual(before);
  });

  test('because a link on the way leads nowhere', () => {
    const folder = written({ [A]: 'a', [B]: 'b' });
    symlinkSync('/nonexistent/target', join(folder, 'wave-1'));
    expect(() => writeOutput(folder, output({ [A]: 'new', [C]: 'c' }))).toThrow(/cannot be written .*; it was left as it was$/);
    rmSync(join(folder, 'wave-1'));
    expect(contentOf(folder)).toStrictEqual(
      Object.fromEntries([...output({ [A]: 'a', [B]: 'b' }), ['wave-0/', ''], ['wave-0/team/', '']]),
    );
  });
});
