import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// The compiler leaves JSON where it is; compiled files look for the pool next to themselves.
const root = join(__dirname, '../../..');
const target = join(root, 'build/crds-imports/schemas');
rmSync(target, { recursive: true, force: true });
cpSync(join(root, 'crds-imports/schemas'), target, {
  recursive: true,
  filter: (path) => !/\.[^./]+$/.test(path) || path.endsWith('.json'),
});
