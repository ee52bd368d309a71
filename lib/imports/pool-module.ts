import { HEADER } from './header';

/** The module that holds a pool. */
export const POOL_MODULE = 'schemas.ts';

/**
 * The files of a pool as a module of texts, so that they are wherever the compiled program is. A line of the module is a line of a
 * file, for they stand in it as they are: JSON can write a backtick and a dollar in another way.
 */
export function printPoolModule(files: ReadonlyMap<string, string>): string {
  const texts = [...files].map(([name, text]) => `  '${name}': String.raw\`${escaped(text)}\`,\n`);
  return `${HEADER}export const schemas = {\n${texts.join('')}};\n`;
}

/** The files of a pool by name, out of such a module; the module is not run. */
export function readPoolModule(module: string): Record<string, string> {
  const texts = module.matchAll(/^ {2}'([a-z0-9.-]+)': String\.raw`([^`$]*)`,$/gm);
  return Object.fromEntries([...texts].map(([, name = '', text = '']) => [name, text]));
}

/** JSON that has no character which ends a text of a program, or which an editor could take for the end of a line. */
function escaped(json: string): string {
  return json.replace(/[`$\u2028\u2029\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
