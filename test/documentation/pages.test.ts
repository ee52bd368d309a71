import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { images } from '../../lib';
import { REPOSITORY } from '../support/repository';
import { pages, textOf } from './snippets';

const SITE = pages().filter((page) => page.startsWith('docs/') && !page.includes('['));
const sections: { readonly pages: { readonly link: string }[] }[] = JSON.parse(textOf('docs/.vitepress/pages.json'));
const manifest = JSON.parse(textOf('package.json'));

/** What the site makes when it is built. */
const BUILT = ['docs/pictures/plan.svg'];

/** Targets of the links of a page that are files, from the root of the repository. */
function targets(page: string): string[] {
  const prose = textOf(page).replaceAll(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, href = '']) => href.replace(/#.*$/, ''))
    .filter((href) => href !== '' && !/^https?:/.test(href))
    .map((href) => normalize(join(dirname(page), href)));
}

test('every page is reached from the list of pages, and every entry of it is a page', () => {
  const listed = sections.flatMap(({ pages: entries }) => entries.map(({ link }) => `docs${link}.md`));
  expect([...listed].sort()).toEqual([...SITE.filter((page) => page !== 'docs/index.md'), 'docs/rules.md'].sort());
});

test.each(pages().filter((page) => page !== 'docs/index.md'))('the links of %s lead to files', (page) => {
  expect(targets(page).filter((target) => !BUILT.includes(target) && !existsSync(join(REPOSITORY, target)))).toEqual([]);
});

test('every example is in the index, with what its first line says', () => {
  const index = textOf('docs/examples.md');
  const examples = readdirSync(join(REPOSITORY, 'examples')).filter((file) => /^\d\d-.*\.ts$/.test(file));
  const rows = examples.map((file) => {
    const [comment = ''] = /^(?:\/\/ .*\n)+/.exec(readFileSync(join(REPOSITORY, 'examples', file), 'utf8')) ?? [];
    const said = comment
      .trim()
      .split('\n')
      .map((line) => line.slice(3));
    return `| [${file.replace(/\.ts$/, '')}](../examples/${file}) | ${said.join(' ')} |`;
  });
  expect(rows.filter((row) => !index.includes(row))).toEqual([]);
  expect(index.match(/\(\.\.\/examples\/\d\d-/g)).toHaveLength(examples.length);
});

test('the versions that are told are those of the release and of the package', () => {
  const versions = textOf('docs/versions.md');
  const row = (what: string) => new RegExp(`^\\| ${what} \\| (.*?) \\|$`, 'm').exec(versions)?.[1];
  const { certManager, istio, trainer, katib, kserve } = images;
  const released = {
    'cert-manager': certManager.controller,
    Istio: istio.pilot,
    Trainer: trainer.controller,
    JobSet: trainer.jobset,
    Katib: katib.controller,
    KServe: kserve.controller,
  };
  for (const [what, { tag }] of Object.entries(released)) expect([what, row(what)]).toEqual([what, tag]);
  expect(row('Node')).toContain(manifest.engines.node.replace('>=', ''));
  for (const peer of ['cdk8s', 'constructs'])
    expect(manifest.peerDependencies[peer]).toMatch(new RegExp(`^\\^${row(peer)?.split(' ')[0]}`));
});

test('the README says what CI runs', () => {
  const [, told = ''] = /^\| `\.ci\/run` \| (.*) \|$/m.exec(textOf('README.md')) ?? [];
  const steps = [...readFileSync(join(REPOSITORY, '.ci/run'), 'utf8').matchAll(/^(?:check|suite) (.*?)(?: \|\| finish)?$/gm)];
  expect(steps.length).toBeGreaterThan(5);
  const words: Readonly<Record<string, string>> = {
    ci: 'npm ci',
    build: 'build',
    lint: 'lint',
    test: 'unit tests',
    parity: 'parity',
    docs: 'documentation',
  };
  for (const [word, text] of Object.entries(words)) {
    expect(steps.some(([, step = '']) => step.split(' ').includes(word))).toBe(true);
    expect(told).toContain(text);
  }
});
