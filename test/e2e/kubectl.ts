import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What every Kubernetes object has; the rest is the kind's own. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    /** Changes with every write that changes something. */
    readonly resourceVersion?: string;
    /** Changes with every write to what is declared, not with its status. */
    readonly generation?: number;
    readonly managedFields?: readonly { readonly manager?: string; readonly subresource?: string }[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** Options of a command on namespaced objects. */
export interface NamespaceOptions {
  readonly namespace?: string;
}

/** Options of `kubectl apply --server-side`. */
export interface ApplyOptions extends NamespaceOptions {
  /** Also the files of sub-folders (`-R`). */
  readonly recursive?: boolean;
  /** What the server does with a field that its schema does not have; kubectl's own default is to refuse it. */
  readonly validate?: 'strict' | 'warn' | 'ignore';
  /** Take over fields that another manager owns. */
  readonly forceConflicts?: boolean;
  /** Let the server check everything and store nothing. */
  readonly dryRun?: boolean;
}

/** What an apply did. */
export interface Applied {
  /** As kubectl names them: `deployment.apps/web`, `namespace/team-a`. */
  readonly names: readonly string[];
  /** The server's warnings, such as a violated pod security standard. */
  readonly warnings: readonly string[];
}

/** Options of `kubectl get`. */
export interface GetOptions extends NamespaceOptions {
  readonly name?: string;
  /** Label selector. */
  readonly selector?: string;
  readonly allNamespaces?: boolean;
}

/** Options of `kubectl wait`. */
export interface WaitOptions extends NamespaceOptions {
  readonly seconds?: number;
}

/** Options of `kubectl delete`. */
export interface DeleteOptions extends NamespaceOptions {
  /** Wait until finalizers are done; the default. */
  readonly wait?: boolean;
}

/** Options of `kubectl patch`. */
export interface PatchOptions extends NamespaceOptions {
  readonly type?: 'merge' | 'json' | 'strategic';
  readonly subresource?: 'status' | 'scale' | 'resize';
}

/** Whose rights a command has. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** kubectl ended with an error; what it did before that is in `stdout`. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';

  constructor(
    readonly args: readonly string[],
    readonly stdout: string,
    readonly stderr: string,
  ) {
    super(`kubectl ${args.join(' ')} failed:\n${stderr.trim()}`);
  }

  /** What an apply that failed for some objects did for the others. */
  get applied(): Applied {
    return appliedOf(this);
  }

  /** One entry for each object that was refused, and for each other complaint; without warnings. */
  get refusals(): readonly string[] {
    const complaints = linesOf(this.stderr).filter((line) => !line.startsWith(warning));
    // The findings of one object follow its first line, indented or as a list.
    return complaints.join('\n').split(/\n(?![\s*])/);
  }
}

/** kubectl with the kubeconfig of one cluster. */
export class Kubectl {
  constructor(
    private readonly program: string,
    private readonly kubeconfig: string,
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {}

  /** Runs any command and returns what it prints. */
  async run(args: readonly string[], input?: string): Promise<string> {
    return (await this.execute(args, input)).stdout;
  }

  /** Applies files and folders with server-side apply. */
  async apply(paths: string | readonly string[], options: ApplyOptions = {}): Promise<Applied> {
    return appliedOf(await this.execute([...applyArgs(options), ...fileArgs([paths].flat())]));
  }

  /** Applies objects with server-side apply. */
  async applyObjects(objects: readonly KubernetesObject[], options: ApplyOptions = {}): Promise<Applied> {
    // Documents, not a List: a List is validated by kubectl instead of the server, and refused as a whole.
    const documents = objects.map((object) => JSON.stringify(object)).join('\n');
    return appliedOf(await this.execute([...applyArgs(options), '-f', '-'], documents));
  }

  /** The objects of some kinds; none when they, or the named one, are not there. */
  async get<T extends KubernetesObject>(kinds: string | readonly string[], options: GetOptions = {}): Promise<T[]> {
    const args = ['get', [kinds].flat().join(','), '-o', 'json', '--ignore-not-found', ...namespaceArgs(options)];
    if (options.name !== undefined) args.push(options.name);
    if (options.selector !== undefined) args.push('--selector', options.selector);
    if (options.allNamespaces) args.push('--all-namespaces');
    return objectsOf<T>(await this.run(args));
  }

  /** The objects of files and folders with their sub-folders, as they are in the cluster; those that are not there are left out. */
  async getFiles<T extends KubernetesObject>(paths: readonly string[]): Promise<T[]> {
    return objectsOf<T>(
      await this.run(['get', ...fileArgs(paths), '--recursive', '-o', 'json', '--ignore-not-found', '--show-managed-fields']),
    );
  }

  /**
   * Waits for a condition of objects.
   *
   * @param objects `deployment/web`, or a kind with `--all` among them
   * @param condition what kubectl takes after `--for=`: `condition=Available`, `jsonpath={.status.phase}=Bound`, `delete`, `create`
   */
  async wait(objects: string | readonly string[], condition: string, options: WaitOptions = {}): Promise<void> {
    const timeout = `--timeout=${options.seconds ?? 60}s`;
    await this.run(['wait', ...[objects].flat(), `--for=${condition}`, timeout, ...namespaceArgs(options)]);
  }

  /** Deletes objects such as `deployment/web`; those that are not there are fine. */
  async delete(objects: string | readonly string[], options: DeleteOptions = {}): Promise<void> {
    const wait = `--wait=${options.wait ?? true}`;
    await this.run(['delete', ...[objects].flat(), '--ignore-not-found', wait, ...namespaceArgs(options)]);
  }

  /** Deletes the objects of files and folders with their sub-folders, and waits until they are gone; those that are not there are fine. */
  async deleteFiles(paths: readonly string[], seconds = 300): Promise<void> {
    await this.run(['delete', ...fileArgs(paths), '--recursive', '--ignore-not-found', `--timeout=${seconds}s`]);
  }

  /** Replaces an object by a later state of itself, with the rights of a ServiceAccount. */
  async replace(object: KubernetesObject, as: ServiceAccount, subresource?: 'status'): Promise<void> {
    const args = ['replace', '--filename', '-', '--as', `system:serviceaccount:${as.namespace}:${as.name}`];
    if (subresource !== undefined) args.push(`--subresource=${subresource}`);
    await this.run(args, JSON.stringify(object));
  }

  /** Patches an object such as `deployment/web`, or a subresource of it, and returns the result. */
  async patch<T extends KubernetesObject>(object: string, patch: unknown, options: PatchOptions = {}): Promise<T> {
    const args = ['patch', object, `--type=${options.type ?? 'merge'}`, '--patch', JSON.stringify(patch), '-o', 'json'];
    if (options.subresource !== undefined) args.push(`--subresource=${options.subresource}`);
    return JSON.parse(await this.run([...args, ...namespaceArgs(options)])) as T;
  }

  private async execute(args: readonly string[], input = ''): Promise<Output> {
    const child = spawn(this.program, ['--kubeconfig', this.kubeconfig, ...args], { env: this.env });
    const code = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    // A command that fails early closes its input early; its exit code tells.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const [stdout, stderr, exit] = await Promise.all([text(child.stdout), text(child.stderr), code]);
    if (exit !== 0) throw new KubectlError(args, stdout, stderr);
    return { stdout, stderr };
  }
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

const warning = 'Warning: ';

function applyArgs(options: ApplyOptions): string[] {
  const args = ['apply', '--server-side', '-o', 'name', ...namespaceArgs(options)];
  if (options.recursive) args.push('--recursive');
  if (options.validate) args.push(`--validate=${options.validate}`);
  if (options.forceConflicts) args.push('--force-conflicts');
  if (options.dryRun) args.push('--dry-run=server');
  return args;
}

function fileArgs(paths: readonly string[]): string[] {
  return paths.flatMap((path) => ['--filename', path]);
}

function namespaceArgs({ namespace }: NamespaceOptions): string[] {
  return namespace === undefined ? [] : ['--namespace', namespace];
}

function appliedOf({ stdout, stderr }: Output): Applied {
  const warnings = linesOf(stderr).filter((line) => line.startsWith(warning));
  return { names: linesOf(stdout), warnings: warnings.map((line) => line.slice(warning.length)) };
}

function linesOf(output: string): string[] {
  return output.split('\n').filter((line) => line.trim() !== '');
}

function objectsOf<T extends KubernetesObject>(output: string): T[] {
  if (output.trim() === '') return [];
  const found = JSON.parse(output) as T | { kind: 'List'; items: T[] };
  return isList(found) ? found.items : [found];
}

function isList<T extends KubernetesObject>(found: T | { kind: 'List'; items: T[] }): found is { kind: 'List'; items: T[] } {
  return found.kind === 'List';
}
