// Runs every example as a program of its own, each into dist/examples/<name>.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const examples = readdirSync(__dirname)
  .filter((file) => /^\d\d-.*\.js$/.test(file))
  .sort();

for (const file of examples) {
  const name = basename(file, '.js');
  const outdir = join('dist', 'examples', name);
  process.stdout.write(`\n${name}\n`);
  const { status } = spawnSync(process.execPath, [join(__dirname, file)], {
    stdio: 'inherit',
    env: { ...process.env, CDK8S_OUTDIR: outdir },
  });
  if (status !== 0) process.exitCode = 1;
}
