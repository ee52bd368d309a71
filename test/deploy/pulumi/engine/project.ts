import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { REPOSITORY } from '../../../support/repository';
import { killTree } from './processes';

/** One step of a preview. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly newState?: { readonly inputs?: Readonly<Record<string, unknown>> };
}

/** A resource of a stack's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** A file backend in a temporary folder, for several projects. Nothing of the user's is touched. */
export class Backend {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-pulumi-'));
  private readonly running = new Set<ChildProcess>();
  private readonly env: NodeJS.ProcessEnv;

  /** @param programs a folder with programs of the test's own */
  constructor(kubeconfig: string, programs?: string) {
    for (const folder of ['home', 'state']) mkdirSync(join(this.folder, folder));
    this.env = {
      PATH: [...(programs ? [programs] : []), process.env.PATH].join(delimiter),
      HOME: this.folder,
      KUBECONFIG: kubeconfig,
      PULUMI_HOME: join(this.folder, 'home'),
      // Without files of metadata beside the state, one of which an `up` that is killed could leave half written.
      PULUMI_BACKEND_URL: `file://${join(this.folder, 'state')}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: 'test',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: 'true',
    };
  }

  /** @param program the compiled program, below the repository's build folder */
  project(name: string, program: string): Project {
    const yaml = { name, runtime: { name: 'nodejs', options: { typescript: false } } };
    return this.make(yaml, join(REPOSITORY, 'build', program));
  }

  /** A project of the repository, with all that its `Pulumi.yaml` says, in a folder of its own. */
  copy(folder: string): Project {
    const yaml = parse(readFileSync(join(REPOSITORY, folder, 'Pulumi.yaml'), 'utf8')) as { name: string; main: string };
    return this.make(yaml, join(REPOSITORY, folder, yaml.main));
  }

  private make(yaml: { readonly name: string }, program: string): Project {
    const { name } = yaml;
    const folder = join(this.folder, name);
    mkdirSync(folder);
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'Pulumi.yaml'), JSON.stringify({ ...yaml, main: 'index.js' }));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, private: true }));
    writeFileSync(join(folder, 'index.js'), `module.exports = require(${JSON.stringify(program)});\n`);
    return new Project(this, folder);
  }

  /** Bytes of the state of a project's stacks. */
  stateSize(project: string): number {
    const folder = join(this.folder, 'state/.pulumi/stacks', project);
    if (!existsSync(folder)) return 0;
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    return files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  }

  /** @internal Starts the command line in a project's folder. */
  start(cwd: string, args: readonly string[]): ChildProcess {
    const child = spawn('pulumi', ['--non-interactive', '--color=never', ...args], { cwd, env: this.env });
    this.running.add(child);
    child.once('close', () => this.running.delete(child));
    return child;
  }

  /** Ends what still runs, as after a test that failed, and removes everything. */
  remove(): void {
    for (const { pid } of this.running) if (pid !== undefined) killTree(pid);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** A Pulumi project, with the commands of the command line on its selected stack. */
export class Project {
  constructor(
    private readonly backend: Backend,
    private readonly folder: string,
  ) {}

  /** Runs a command to its end. */
  async run(...args: string[]): Promise<string> {
    const child = this.backend.start(this.folder, args);
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout as NodeJS.ReadableStream),
      text(child.stderr as NodeJS.ReadableStream),
      new Promise((resolve) => child.once('close', resolve)),
    ]);
    if (code !== 0)
      throw new Error(
        `pulumi ${args.join(' ').slice(0, 200)} ended with ${code}:\n${stdout.slice(-6000)}\n${stderr.slice(-2000)}`,
      );
    return stdout;
  }

  /** Sets a value of the stack's configuration; undefined removes it. */
  async configure(key: string, value: string | undefined, ...options: string[]): Promise<void> {
    await (value === undefined
      ? this.run('config', 'rm', ...options, key)
      : this.run('config', 'set', ...options, key, '--', value));
  }

  /** What an `up` would do, without what stays the same and what it only reads, as another stack. */
  async preview(): Promise<Step[]> {
    const { steps = [] } = JSON.parse(await this.run('preview', '--json')) as { steps?: Step[] };
    return steps.filter(({ op }) => op !== 'same' && op !== 'read');
  }

  async up(): Promise<void> {
    await this.run('up', '--yes', '--skip-preview', '--suppress-progress');
  }

  async refresh(...options: string[]): Promise<void> {
    await this.run('refresh', '--yes', '--skip-preview', ...options);
  }

  async destroy(): Promise<void> {
    await this.run('destroy', '--yes', '--skip-preview');
  }

  /** The resources of the stack. */
  async resources(): Promise<StateResource[]> {
    const { deployment } = JSON.parse(await this.run('stack', 'export')) as { deployment: { resources?: StateResource[] } };
    return deployment.resources ?? [];
  }

  /** Starts an `up` and kills it outright, with what it has started, as soon as something is true. */
  async killedUp(moment: () => Promise<boolean>): Promise<void> {
    const child = this.backend.start(this.folder, ['up', '--yes', '--skip-preview', '--suppress-progress']);
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdout?.resume();
    child.stderr?.resume();
    while (child.exitCode === null && !(await moment())) await sleep(100);
    killTree(child.pid as number);
    await closed;
  }
}
