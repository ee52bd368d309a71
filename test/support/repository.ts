import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of the repository, also for what runs compiled. */
export const REPOSITORY = above(__dirname);

function above(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : above(dirname(folder));
}
