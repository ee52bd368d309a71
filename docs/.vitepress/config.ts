import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type DefaultTheme, defineConfig, type MarkdownOptions } from 'vitepress';
import sections from './pages.json' with { type: 'json' };

const DOCS = resolve(import.meta.dirname, '..');
const REPOSITORY = resolve(DOCS, '..');
const { version, repository } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
const SOURCE = `${(repository?.url ?? 'https://github.com/cdk8s-kubeflow/cdk8s-kubeflow').replace(/^git\+|\.git$/g, '')}/blob/main`;

type Markdown = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/** What lies outside of this folder is read where the source is; the examples are pages of the site. */
function leadOutside(markdown: Markdown): void {
  markdown.core.ruler.push('lead-outside', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null;
      if (!href?.startsWith('.')) continue;
      const target = relative(REPOSITORY, resolve(dirname(join(DOCS, env.relativePath)), href));
      const [, example] = /^examples\/(\d\d-[\w-]+)\.ts$/.exec(target) ?? [];
      if (example) token.attrSet('href', `/examples/${example}`);
      else if (!target.startsWith('docs/')) token.attrSet('href', `${SOURCE}/${target}`);
    }
  });
}

/** Braces in texts are Go's templates, and none of Vue's. */
function keepBraces(markdown: Markdown): void {
  for (const rule of ['text', 'code_inline']) {
    const render = markdown.renderer.rules[rule];
    if (!render) throw new Error(`markdown-it has no rule ${rule}`);
    markdown.renderer.rules[rule] = (...args) => render(...args).replaceAll('{{', '&#123;&#123;');
  }
}

/** The reference has a page for each name; beside it stand what people make and call, the rest is found by links and by searching. */
function reference(): DefaultTheme.SidebarItem[] {
  const file = join(DOCS, 'api/typedoc-sidebar.json');
  if (!existsSync(file)) throw new Error('the reference is not there; run npm run docs');
  const kept = (items: DefaultTheme.SidebarItem[], depth = 0): DefaultTheme.SidebarItem[] =>
    items
      .filter(({ text }) => text !== 'Interfaces' && text !== 'Type Aliases')
      .map(({ items: below, ...item }) => (below ? { ...item, collapsed: depth > 0, items: kept(below, depth + 1) } : item));
  return [{ text: 'Reference', link: '/api/', items: kept(JSON.parse(readFileSync(file, 'utf8'))) }];
}

export default defineConfig({
  title: 'cdk8s-kubeflow',
  description:
    'Kubeflow as typed code: declare the platform and its workloads in TypeScript; review the YAML, or deploy it with Pulumi.',
  base: process.env.DOCS_BASE ?? '/',
  outDir: '../build/site',
  srcExclude: ['node_modules/**'],
  metaChunk: true,
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    config(markdown) {
      leadOutside(markdown);
      keepBraces(markdown);
    },
  },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/getting-started', activeMatch: '^/(getting|concepts|guides)' },
      { text: 'Constructs', link: '/constructs', activeMatch: '^/constructs' },
      { text: 'Examples', link: '/examples', activeMatch: '^/examples' },
      { text: 'Reference', link: '/api/', activeMatch: '^/api/' },
      { text: `v${version}`, link: '/versions' },
    ],
    sidebar: {
      '/api/': reference(),
      '/': sections.map(({ title, pages }) => ({ text: title, collapsed: false, items: pages })),
    },
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    footer: { message: 'Released under the Apache License 2.0.' },
  },
});
