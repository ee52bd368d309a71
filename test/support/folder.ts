import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** Where Linux keeps files in memory, which does not wait for a disk that others use. */
const MEMORY = '/dev/shm';

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is gone after the tests of a file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'cdk8s-kubeflow-test-'));
  folders.push(folder);
  return folder;
}

/** Everything below a folder: files with their content, folders with a slash. */
export function contentOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    entries(folder).map(({ path, file }) => (file ? [path, readFileSync(join(folder, path), 'utf8')] : [`${path}/`, ''])),
  );
}

/** Like `contentOf`, with the times of the last changes, also of the folder: equal when nothing was touched. */
export function stateOf(folder: string): Record<string, unknown> {
  const changed = (path: string) => statSync(join(folder, path)).mtimeMs;
  const content = entries(folder).map(({ path, file }) => [
    path,
    { changed: changed(path), content: file && readFileSync(join(folder, path), 'utf8') },
  ]);
  return { '.': changed('.'), ...Object.fromEntries(content) };
}

function entries(folder: string): { path: string; file: boolean }[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return found
    .map((entry) => ({ path: join(entry.parentPath, entry.name).slice(folder.length + 1), file: entry.isFile() }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
