import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { record } from '../deploy/pulumi/recorder';
import { temporaryFolder } from '../support/folder';
import { REPOSITORY } from '../support/repository';
import type { Outcome } from './run';
import { type Excerpt, missing, type Program, pages, programs } from './snippets';

jest.setTimeout(240_000);

const ALL = pages().flatMap(programs);
const DEPLOYED = ALL.filter(({ code }) => code.includes('new Deployment('));
const RUN = ALL.filter((program) => !DEPLOYED.includes(program));

const OPTIONS = {
  ...ts.convertCompilerOptionsFromJson(
    ts.readConfigFile(join(REPOSITORY, 'tsconfig.json'), ts.sys.readFile).config.compilerOptions,
    REPOSITORY,
  ).options,
  noEmit: true,
};

/** What the compiler says of programs that are not on the disk, by where they stand. */
function diagnostics(texts: ReadonlyMap<string, string>): Map<string, string[]> {
  const fileOf = (place: string) => join(REPOSITORY, `${place.replaceAll(/[/:]/g, '-')}.ts`);
  const files = new Map([...texts].map(([place, text]) => [fileOf(place), text]));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  const said = (place: string) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(fileOf(place)))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  return new Map([...texts.keys()].map((place) => [place, said(place)]));
}

function javascript({ code }: Program): string {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  return outputText;
}

/** Runs programs in folders of their own below one. */
function run(programs: readonly Program[], below: string): Outcome[] {
  const compiled = programs.map((program, index) => ({
    place: program.place,
    folder: join(below, String(index)),
    javascript: javascript(program),
  }));
  const { stdout, stderr, error } = spawnSync(process.execPath, [join(REPOSITORY, 'build/test/documentation/run.js')], {
    input: JSON.stringify(compiled),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, CDK8S_OUTDIR: undefined },
  });
  if (error || stderr) throw error ?? new Error(stderr);
  return JSON.parse(stdout);
}

function wrong({ place, file, parts }: Excerpt, folder: string): string[] {
  const path = join(folder, 'dist', file);
  if (!existsSync(path)) return [`${place}: there is no ${file}`];
  return missing({ place, file, parts }, readFileSync(path, 'utf8')).map((part) => `${place}: ${file} has no\n${part}`);
}

test('every snippet is a program that compiles, and a misspelt one would not', () => {
  expect(ALL.length).toBeGreaterThan(20);
  const misspelt = 'import { Model } from "cdk8s-kubeflow";\nModel.skleran("s3://bucket/model");\n';
  const said = diagnostics(new Map([...ALL.map(({ place, code }) => [place, code] as const), ['misspelt', misspelt]]));
  expect(said.get('misspelt')).toEqual([expect.stringContaining("'skleran' does not exist")]);
  said.delete('misspelt');
  expect([...said].filter(([, messages]) => messages.length > 0)).toEqual([]);
});

test('every program runs without warnings, and writes what its page shows', () => {
  expect(RUN.length).toBeGreaterThan(10);
  const below = temporaryFolder();
  const outcomes = run(RUN, below);
  expect(outcomes.map(({ place }) => place)).toEqual(RUN.map(({ place }) => place));
  expect(outcomes.filter(({ error, printed }) => error || /^warning/m.test(printed))).toEqual([]);
  expect(RUN.flatMap(({ excerpts }, index) => excerpts.flatMap((it) => wrong(it, join(below, String(index)))))).toEqual([]);
});

test('what a program does not write, or throws, would be seen', () => {
  const below = temporaryFolder();
  const code = "const { App } = require('cdk8s');\nconst { synth } = require('cdk8s-kubeflow');\nsynth(new App());\n";
  const excerpts = [{ place: 'here', file: 'plan.json', parts: ['{\n', 'nothing of it'] }];
  const written = { place: 'written', language: 'ts', code, excerpts: [] };
  const [first, second] = run([written, { ...written, place: 'thrown', code: "throw new Error('why')" }], below);
  expect([first?.error, second?.error]).toEqual([undefined, 'why']);
  expect(excerpts.flatMap((it) => wrong(it, join(below, '0')))).toEqual(['here: plan.json has no\nnothing of it']);
});

test('every excerpt stands below the program that writes it', () => {
  const shown = ALL.filter(({ excerpts }) => excerpts.length > 0);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((program) => !RUN.includes(program)).map(({ place }) => place)).toEqual([]);
});

describe('the programs that deploy', () => {
  test('are there', () => expect(DEPLOYED.length).toBeGreaterThan(0));

  test.each(DEPLOYED.map((program) => [program.place, program] as const))('%s does', async (_, program) => {
    const required = createRequire(join(REPOSITORY, 'package.json'));
    const recording = await record(
      () =>
        new Function('require', 'exports', javascript(program))((name: string) => jest.requireActual(required.resolve(name)), {}),
      { config: { 'project:kubeconfig': 'kind: Config' } },
    );
    expect(recording.ofType('pulumi:providers:kubernetes').length).toBeLessThanOrEqual(1);
  });
});
