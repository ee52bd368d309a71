import { diffLinesUnified } from 'jest-diff';
import { stringify } from 'yaml';
import { type Files, withoutWave } from './files';

/** What a reviewer reads of an output: its objects without the definitions, in paths without the wave. */
export function reviewed(output: Files): Files {
  const files = new Map<string, string>();
  for (const [path, content] of output) {
    if (!path.endsWith('.yaml') || /^kind: CustomResourceDefinition$/m.test(content)) continue;
    const place = withoutWave(path);
    if (files.has(place)) throw new Error(`${place} is in two waves`);
    files.set(place, content);
  }
  return files;
}

/** Name of the file that says what a folder of differences is to be read beside. */
const INDEX = 'index.yaml';

/**
 * What an output has otherwise than another one: files of its own whole, those that differ as their lines that do, and an index
 * with what it has not. So every object stands in the repository once.
 */
export function differences(base: string, theirs: Files, files: Files): Files {
  const told = new Map([[INDEX, stringify({ like: base, without: missing(theirs, files) })]]);
  for (const [path, content] of files) {
    const other = theirs.get(path);
    if (other === undefined) told.set(path, content);
    else if (other !== content) told.set(`${path}.diff`, lineDifferences(other, content));
  }
  return told;
}

/** What is not there: a folder where nothing of it is. */
function missing(theirs: Files, files: Files): readonly string[] {
  const folder = (path: string) => path.slice(0, path.indexOf('/') + 1);
  const present = new Set([...files.keys()].map(folder));
  const absent = [...theirs.keys()].filter((path) => !files.has(path));
  return [...new Set(absent.map((path) => (present.has(folder(path)) ? path : folder(path))))].sort();
}

/** The lines of two texts that differ, each group with a line around it, and no numbers: lines that move change nothing. */
export function lineDifferences(before: string, after: string): string {
  const plain = (text: string) => text;
  return `${diffLinesUnified(before.trimEnd().split('\n'), after.trimEnd().split('\n'), {
    aColor: plain,
    bColor: plain,
    changeColor: plain,
    commonColor: plain,
    patchColor: () => '...',
    contextLines: 1,
    expand: false,
    omitAnnotationLines: true,
  })}\n`;
}
