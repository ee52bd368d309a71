import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * What a path ends with where a TypeScript file of a folder imports another one: in a project of ES modules, which the nearest
 * package.json tells as it tells Node, the extension of the compiled file; nothing in one of CommonJS, whose runners want none.
 */
export function extensionIn(folder: string): '' | '.js' {
  for (let place = resolve(folder); ; place = dirname(place)) {
    const manifest = join(place, 'package.json');
    if (existsSync(manifest)) return typeOf(manifest) === 'module' ? '.js' : '';
    if (place === dirname(place)) return '';
  }
}

function typeOf(manifest: string): unknown {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: unknown } | null)?.type;
  } catch (error) {
    throw new Error(`${manifest}: ${(error as Error).message}`);
  }
}
