import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The files that a program loads which loads cdk8s first, and then the library. */
function loaded(): string[] {
  const library = join(__dirname, '..', 'build', 'lib', 'index.js');
  const program = `
    require('cdk8s');
    const before = new Set(Object.keys(require.cache));
    require(${JSON.stringify(library)});
    process.stdout.write(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { cwd: join(__dirname, '..'), encoding: 'utf8' }));
}

test('the library loads no package that cdk8s does not load', () => {
  const files = loaded();
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => file.includes('node_modules'))).toEqual([]);
});
