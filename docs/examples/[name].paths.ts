import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');

/** A page for each example: what its first comment says, and the program. */
export default {
  paths() {
    return readdirSync(EXAMPLES)
      .filter((file) => /^\d\d-.*\.ts$/.test(file))
      .sort()
      .map((file) => {
        const name = file.replace(/\.ts$/, '');
        const code = readFileSync(join(EXAMPLES, file), 'utf8');
        const comment = /^(?:\/\/ .*\n)+/.exec(code)?.[0] ?? '';
        const said = comment.replaceAll(/^\/\/ /gm, '').trim();
        const title = name.replace(/^\d\d-/, '').replaceAll('-', ' ');
        return {
          params: { name },
          content: [
            `# ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
            said,
            `\`\`\`ts\n${code.slice(comment.length)}\`\`\``,
            `\`examples/${file}\`; \`npm run examples\` writes what it makes into \`dist/examples/${name}\`. [All examples](../examples.md)`,
          ].join('\n\n'),
        };
      });
  },
};
