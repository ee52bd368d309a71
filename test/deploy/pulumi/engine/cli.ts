import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const REPOSITORY = join(__dirname, '../../../..');

/** What has to be on PATH, and where a user gets it. */
const PROGRAMS = {
  pulumi: "Pulumi's command line: https://www.pulumi.com/docs/iac/download-install/",
  'pulumi-language-nodejs': 'comes with the command line, in the same folder',
  'pulumi-resource-kubernetes': 'pulumi plugin install resource kubernetes; then add its folder below ~/.pulumi/plugins to PATH',
};

/** What is missing to run the engine, a line each. */
export function missingPrograms(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return Object.entries(PROGRAMS)
    .filter(([program]) => !folders.some((folder) => isExecutable(join(folder, program))))
    .map(([program, from]) => `${program} is not on PATH (${from})`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** One step of a preview. */
export interface Step {
  readonly op: string;
  readonly urn: string;
}

/** A Pulumi project in a temporary folder, with its state in a file backend there. Nothing of the user's is touched. */
export class Project {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-pulumi-'));
  private readonly env: NodeJS.ProcessEnv;

  /** @param program the compiled program, below the repository's build folder */
  constructor(program: string, kubeconfig: string) {
    for (const folder of ['home', 'state', 'program']) mkdirSync(join(this.folder, folder));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.program, 'node_modules'));
    const yaml = { name: 'engine', runtime: { name: 'nodejs', options: { typescript: false } }, main: 'index.js' };
    writeFileSync(join(this.program, 'Pulumi.yaml'), JSON.stringify(yaml));
    writeFileSync(join(this.program, 'package.json'), JSON.stringify({ name: 'engine', private: true }));
    writeFileSync(join(this.program, 'index.js'), `require(${JSON.stringify(join(REPOSITORY, 'build', program))});\n`);
    this.env = {
      PATH: process.env.PATH,
      HOME: this.folder,
      KUBECONFIG: kubeconfig,
      PULUMI_HOME: join(this.folder, 'home'),
      PULUMI_BACKEND_URL: `file://${join(this.folder, 'state')}`,
      PULUMI_CONFIG_PASSPHRASE: 'test',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: 'true',
    };
  }

  private get program(): string {
    return join(this.folder, 'program');
  }

  /** Runs a command to its end. */
  async run(...args: string[]): Promise<string> {
    const child = this.start(args);
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout as NodeJS.ReadableStream),
      text(child.stderr as NodeJS.ReadableStream),
      new Promise((resolve) => child.once('close', resolve)),
    ]);
    if (code !== 0)
      throw new Error(`pulumi ${args.join(' ')} ended with ${code}:\n${stdout.slice(-6000)}\n${stderr.slice(-2000)}`);
    return stdout;
  }

  /** Sets a value of the stack's configuration; undefined removes it. */
  async configure(key: string, value: string | undefined): Promise<void> {
    await (value === undefined ? this.run('config', 'rm', key) : this.run('config', 'set', key, value));
  }

  /** What an `up` would do, without what stays the same. */
  async preview(): Promise<Step[]> {
    const { steps = [] } = JSON.parse(await this.run('preview', '--json')) as { steps?: Step[] };
    return steps.filter(({ op }) => op !== 'same');
  }

  async up(): Promise<void> {
    await this.run('up', '--yes', '--skip-preview', '--suppress-progress');
  }

  /** The resources of the stack. */
  async resources(): Promise<{ urn: string; type: string; custom: boolean; inputs?: Record<string, unknown> }[]> {
    const { deployment } = JSON.parse(await this.run('stack', 'export')) as { deployment: { resources?: never[] } };
    return deployment.resources ?? [];
  }

  /** Starts an `up` and kills it outright, with what it has started, as soon as something is true. */
  async killedUp(moment: () => Promise<boolean>): Promise<void> {
    const child = this.start(['up', '--yes', '--skip-preview', '--suppress-progress']);
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdout?.resume();
    child.stderr?.resume();
    while (child.exitCode === null && !(await moment())) await sleep(100);
    const pids = [child.pid as number, ...descendants(child.pid as number)];
    for (const pid of pids) kill(pid);
    await closed;
    this.restoreState();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A file backend does not write its state in one step; when that was cut short, the copy before it is the one to go on with. */
  private restoreState(): void {
    const folder = join(this.folder, 'state/.pulumi/stacks/engine');
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
      const file = join(folder, name);
      if (!isJson(readFileSync(file, 'utf8'))) copyFileSync(`${file}.bak`, file);
    }
  }

  private start(args: readonly string[]): ChildProcess {
    return spawn('pulumi', [...args, '--non-interactive', '--color=never'], { cwd: this.program, env: this.env });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The processes that a process has started, and those that these have. */
function descendants(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendants)];
}

function childrenOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return table
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child as number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
