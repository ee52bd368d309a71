import { join } from 'node:path';
import { type Files, filesBelow } from './support/golden/files';
import { lineDifferences } from './support/golden/golden-files';
import { goldenFiles } from './support/golden/outputs';

const GOLDEN = join(__dirname, 'golden');

/** What two folders have otherwise, a line for each file, and the lines where content differs. */
function compared(golden: Files, now: Files): string[] {
  const paths = [...new Set([...golden.keys(), ...now.keys()])].sort();
  return paths.flatMap((path) => {
    const [before, after] = [golden.get(path), now.get(path)];
    if (before === after) return [];
    if (after === undefined) return `superfluous: ${path}`;
    if (before === undefined) return `missing: ${path}`;
    return `different: ${path}\n${lineDifferences(before, after)}`;
  });
}

beforeEach(() => jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

test('everything is synthesised as the golden files say', () => {
  const found = compared(filesBelow(GOLDEN), goldenFiles());
  if (found.length > 0) throw new Error(`if this is meant, npm run golden writes it down:\n${found.join('\n')}`);
});

test('files are told that are missing, superfluous or different', () => {
  const golden = new Map(Object.entries({ same: 'a\n', gone: 'b\n', changed: 'one\ntwo\nthree\nfour\nfive\n' }));
  const now = new Map(Object.entries({ same: 'a\n', more: 'c\n', changed: 'one\ntwo\nthree\n4\nfive\n' }));
  expect(compared(golden, now)).toEqual([
    'different: changed\n...\n  three\n- four\n+ 4\n  five\n',
    'superfluous: gone',
    'missing: more',
  ]);
});
