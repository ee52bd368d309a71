import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../support/repository';

/** A block of code in a page. */
export interface Snippet {
  /** Path of the page from the root of the repository, and the line of the block. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
}

/** A program, and what its page shows of what it writes. */
export interface Program extends Snippet {
  readonly excerpts: readonly Excerpt[];
}

/** A part of a file that a program writes. */
export interface Excerpt {
  readonly place: string;
  readonly file: string;
  /** Lines that follow each other; between two such parts something is left out. */
  readonly parts: readonly string[];
}

const GENERATED = ['docs/api/', 'docs/node_modules/', 'docs/rules.md'];

/** Paths of the pages that people write, from the root of the repository. */
export function pages(): string[] {
  const below = readdirSync(join(REPOSITORY, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`);
  const top = readdirSync(REPOSITORY).filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md' && file !== 'api.md');
  return [...top, ...below]
    .filter((file) => file.endsWith('.md') && !GENERATED.some((generated) => file.startsWith(generated)))
    .sort();
}

export function textOf(page: string): string {
  return readFileSync(join(REPOSITORY, page), 'utf8');
}

/** All blocks of code of a page, in its order. */
export function snippets(page: string): Snippet[] {
  const text = textOf(page);
  return [...text.matchAll(/^```(\w*)[^\n]*\n(.*?)^```$/gms)].map(({ index, 1: language = '', 2: code = '' }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length}`,
    language,
    code,
  }));
}

/** The TypeScript of a page, each block a program of its own; the excerpts that follow one are of what it writes. */
export function programs(page: string): Program[] {
  const found: (Snippet & { readonly excerpts: Excerpt[] })[] = [];
  for (const snippet of snippets(page)) {
    if (snippet.language === 'ts') found.push({ ...snippet, excerpts: [] });
    const written = snippet.language === 'yaml' ? excerpt(snippet) : undefined;
    if (written) found.at(-1)?.excerpts.push(written);
  }
  return found;
}

/** The first line names the file: `# dist/wave-0/team/deployment-server.yaml`; a line `# …` stands for what is left out. */
function excerpt({ place, code }: Snippet): Excerpt | undefined {
  const [, file] = /^# dist\/(\S+)\n/.exec(code) ?? [];
  if (!file) return undefined;
  const parts = code
    .slice(code.indexOf('\n') + 1)
    .split(/^ *# …\n/m)
    .filter((part) => part !== '');
  return { place, file, parts };
}

/** What is in the excerpt and not in the text, or not in its order. */
export function missing({ parts }: Excerpt, text: string): string[] {
  let from = 0;
  return parts.filter((part) => {
    const at = `\n${text}`.indexOf(`\n${part}`, from);
    if (at >= 0) from = at + part.length;
    return at < 0;
  });
}
