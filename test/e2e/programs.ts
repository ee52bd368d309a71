/**
 * The programs of a real Kubernetes control plane, compiled from the Go modules that `programs/` pins.
 *
 * No binary is downloaded and no container runtime is needed. The first build takes minutes and is kept outside the
 * checkout, by the content of the module files; after that nothing is built, and Go itself is no longer needed.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '../support/repository';
import { CACHE, produce } from './cache';

const run = promisify(execFile);

const FOLDER = join(REPOSITORY, 'test/e2e/programs');

/** One Go module under `programs/`, and what is built from it. */
interface Module {
  readonly folder: string;
  /** The module whose version the folder pins. */
  readonly pins: string;
  /** Program name → main package. */
  readonly packages: Readonly<Record<string, string>>;
  /** Linker flags for the pinned version. */
  readonly ldflags: (version: string) => string;
  /** Folder of the pinned module that the programs read at run time, kept beside them under the same path. */
  readonly data?: string;
}

const kubernetes: Module = {
  folder: join(FOLDER, 'kubernetes'),
  pins: 'k8s.io/kubernetes',
  packages: {
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
    kubectl: 'k8s.io/kubernetes/cmd/kubectl',
  },
  ldflags: stampKubernetesVersion,
};

const etcd: Module = {
  folder: join(FOLDER, 'etcd'),
  pins: 'go.etcd.io/etcd/server/v3',
  packages: { etcd: 'go.etcd.io/etcd/server/v3' },
  ldflags: () => '-s -w',
};

const kwok: Module = {
  folder: join(FOLDER, 'kwok'),
  pins: 'sigs.k8s.io/kwok',
  packages: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
  ldflags: () => '-s -w',
  data: 'kustomize/stage',
};

/** Where each program is, and the folder of kwok's stage files. */
export interface Programs {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubeControllerManager: string;
  readonly kubeScheduler: string;
  readonly kubectl: string;
  readonly kwok: string;
  readonly kwokStages: string;
}

/** The programs, or why they cannot be had on this machine. */
export type ProgramsOrReason = { readonly programs: Programs } | { readonly missing: string };

/**
 * Builds whatever is not built yet, one program at a time, and says aloud what it builds.
 *
 * @param say receives one line per program that is built
 * @throws Error with the compiler's output when a build fails
 */
export async function buildPrograms(say: (line: string) => void = sayOnStderr): Promise<ProgramsOrReason> {
  const modules = [etcd, kwok, kubernetes];
  if (modules.some((module) => !isBuilt(module))) {
    const missing = await whyGoIsMissing();
    if (missing) return { missing };
  }
  for (const module of modules) await buildModule(module, say);
  return {
    programs: {
      etcd: join(cacheFolder(etcd), 'etcd'),
      kubeApiserver: join(cacheFolder(kubernetes), 'kube-apiserver'),
      kubeControllerManager: join(cacheFolder(kubernetes), 'kube-controller-manager'),
      kubeScheduler: join(cacheFolder(kubernetes), 'kube-scheduler'),
      kubectl: join(cacheFolder(kubernetes), 'kubectl'),
      kwok: join(cacheFolder(kwok), 'kwok'),
      kwokStages: join(cacheFolder(kwok), 'kustomize', 'stage'),
    },
  };
}

async function buildModule(module: Module, say: (line: string) => void): Promise<void> {
  for (const [name, mainPackage] of Object.entries(module.packages)) {
    await produce(join(cacheFolder(module), name), async (unfinished) => {
      say(`building ${name} ${pinnedVersion(module)} from Go modules; the first time takes minutes`);
      const started = Date.now();
      const flags = ['-mod=readonly', '-trimpath', `-ldflags=${module.ldflags(pinnedVersion(module))}`];
      await go(module, ['build', ...flags, '-o', unfinished, mainPackage]);
      say(`built ${name} in ${Math.round((Date.now() - started) / 1000)} s`);
    });
  }
  const { data } = module;
  if (data === undefined) return;
  await produce(join(cacheFolder(module), data), async (unfinished) => {
    const source = (await go(module, ['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', module.pins])).trim();
    copyFolder(join(source, data), unfinished);
  });
}

/** Copies a folder of the module cache, without its read-only modes: whoever empties the cache must be able to. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copyFolder(join(from, entry.name), join(to, entry.name));
    else writeFileSync(join(to, entry.name), readFileSync(join(from, entry.name)));
  }
}

async function go(module: Module, args: readonly string[]): Promise<string> {
  // No C compiler is needed, and a workspace around the checkout must not change the versions.
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  try {
    return (await run('go', [...args], { cwd: module.folder, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    throw new Error(`go ${args[0]} in ${module.folder} failed:\n${outputOf(error)}`);
  }
}

async function whyGoIsMissing(): Promise<string | undefined> {
  try {
    await run('go', ['version']);
    return undefined;
  } catch (error) {
    return (
      'Go is missing (`go version` failed: ' +
      `${outputOf(error).trim()}). The control plane is compiled from Go modules: install Go 1.26 or newer, ` +
      'or set E2E_KUBECONFIG to the kubeconfig of a cluster these tests may write to.'
    );
  }
}

function isBuilt(module: Module): boolean {
  const parts = [...Object.keys(module.packages), ...(module.data === undefined ? [] : [module.data])];
  return parts.every((part) => existsSync(join(cacheFolder(module), part)));
}

/** A folder named by all that decides what the compiler makes. */
function cacheFolder(module: Module): string {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(module.folder, 'go.mod')));
  hash.update(readFileSync(join(module.folder, 'go.sum')));
  hash.update(`${module.ldflags(pinnedVersion(module))} ${process.platform} ${process.arch}`);
  return join(CACHE, 'e2e', hash.digest('hex').slice(0, 16));
}

function pinnedVersion(module: Module): string {
  const goMod = join(module.folder, 'go.mod');
  const required = readFileSync(goMod, 'utf8')
    .split('\n')
    .map((line) => /^\s*(?:require )?(\S+) (v\S+)/.exec(line))
    .find((match) => match?.[1] === module.pins);
  if (!required?.[2]) throw new Error(`${goMod} does not require ${module.pins}`);
  return required[2];
}

/** Without it, clients are told v0.0.0 and some refuse to talk to the server. */
function stampKubernetesVersion(version: string): string {
  const [major, minor] = version.slice(1).split('.');
  const stamp = { gitVersion: version, gitMajor: major, gitMinor: minor };
  const flags = Object.entries(stamp).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return `-s -w ${flags.join(' ')}`;
}

function outputOf(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: string };
  return stderr || message;
}

function sayOnStderr(line: string): void {
  process.stderr.write(`e2e: ${line}\n`);
}
