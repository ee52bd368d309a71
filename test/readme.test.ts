import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** What the text around the snippets gives them. */
const AROUND = `
import type { Output } from '@pulumi/pulumi';
import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Algorithm, apps, core, SqlDatabase, Elastic, HpoExperiment, KubeObject, Objective, Parameter, Patch, Runtime, Trial, tuning } from 'cdk8s-kubeflow';
import { EnvSource, JobClaim, Mount, Queue, TrainingPolicy, TrainingRuntime } from 'cdk8s-kubeflow';
import { DartsAssignment, EarlyStopping, MetricsCollector, Operation } from 'cdk8s-kubeflow';
import { GraphNode, GraphStep, InferenceGraph, LLMInferenceService, LLMScale, ModelRuntime } from 'cdk8s-kubeflow';
import { certManager, Existing, ScaleOn, ServingRuntime, StorageCredentials } from 'cdk8s-kubeflow';
import { asString, credentialsOf, password } from 'cdk8s-kubeflow/pulumi';
declare const bucket: { readonly id: Output<string> };
`;

/** What the program that deploys takes from its user. */
const DEPLOYED = `
import type { App } from 'cdk8s';
declare const kubeconfig: string;
declare const platform: () => App;
`;

const snippets = [...README.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
const deploying = snippets.filter((code) => code.includes("from './platform'"));
const declaring = snippets.filter((code) => !deploying.includes(code));

/** What the compiler says of programs that are not on the disk, by name. */
function diagnostics(programs: Readonly<Record<string, string>>): Record<string, string[]> {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: true, noUnusedLocals: false }, ROOT);
  const texts = new Map(Object.entries(programs).map(([name, text]) => [join(ROOT, name), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = texts.get(name);
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const said = (name: string) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(join(ROOT, name)))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  return Object.fromEntries(Object.keys(programs).map((name) => [name, said(name)]));
}

test('the snippets of the README compile, and misspelt ones would not', () => {
  expect([snippets.length, deploying.length]).toEqual([README.match(/^```ts$/gm)?.length, 1]);
  const declared = [AROUND, ...declaring].join('\n');
  const deployed = [DEPLOYED, ...deploying].join('\n').replace(/^import .* from '\.\/platform';.*$/m, '');
  const misspelt = [declared.replace('Model.sklearn(', 'Model.skleran('), deployed.replace('provider:', 'providr:')];
  const said = diagnostics({
    'declared.ts': declared,
    'deployed.ts': deployed,
    'declared-misspelt.ts': misspelt[0] as string,
    'deployed-misspelt.ts': misspelt[1] as string,
  });
  expect(said).toEqual({
    'declared.ts': [],
    'deployed.ts': [],
    'declared-misspelt.ts': [expect.stringContaining("'skleran' does not exist")],
    'deployed-misspelt.ts': [expect.stringContaining("'providr' does not exist")],
  });
});
