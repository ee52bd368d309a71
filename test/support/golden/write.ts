// Writes test/golden anew, from what is synthesised now.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../repository';
import { goldenFiles } from './outputs';

const files = goldenFiles();
const folder = join(REPOSITORY, 'test', 'golden');
rmSync(folder, { recursive: true, force: true });
for (const [path, content] of files) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
process.stdout.write(`\ntest/golden: ${files.size} files\n`);
