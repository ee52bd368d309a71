/**
 * A real Kubernetes control plane for tests: etcd, the API server with its validation, CEL rules and admission, the
 * controllers and the scheduler. kwok plays the kubelets and the volume provisioner, so Pods run and claims bind
 * without a container. What only a product's own controller does (a Certificate turning Ready, say) does not happen.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Daemon } from './daemon';
import { freePort } from './free-port';
import { answersOk } from './health';
import { Kubectl } from './kubectl';
import { type Node, node, stages } from './node';
import { buildPrograms, type Programs } from './programs';
import { Reaper } from './reaper';

/** A Kubernetes API with its controllers. */
export interface ControlPlane {
  readonly kubectl: Kubectl;
  /** Path of the kubeconfig, for other clients. */
  readonly kubeconfig: string;
  /** True for a cluster that was there before: its nodes are real, it has other users, and it stays as it is left. */
  readonly external: boolean;
  /** Ends all that was started and removes its data. Nothing to do for an external cluster. */
  stop(): Promise<void>;
}

/** What runs in the cluster beside kwok. Without it, all Pods are played and nobody is behind a webhook. */
export interface RealContainers {
  /** kwok's stages, without the Pods that run. */
  readonly stages: readonly string[];
  /** File of the audit policy, and the file that receives the events. */
  readonly audit: { readonly policy: string; readonly log: string };
}

/** This machine cannot run a control plane; the message says what is missing. */
export class ControlPlaneUnavailable extends Error {
  override readonly name = 'ControlPlaneUnavailable';
}

/**
 * Starts a control plane of its own on free loopback ports.
 *
 * @throws Error with the end of the log of the program that did not start
 */
export async function startOwnControlPlane(programs: Programs, containers?: RealContainers): Promise<ControlPlane> {
  const controlPlane = new LocalControlPlane(programs, containers);
  try {
    await controlPlane.start();
    return controlPlane;
  } catch (error) {
    await controlPlane.stop();
    throw error;
  }
}

/**
 * Starts a control plane of its own on free loopback ports, or takes the cluster of `E2E_KUBECONFIG`.
 *
 * The first call on a machine compiles the programs, which takes minutes; later ones take seconds.
 *
 * @throws ControlPlaneUnavailable when a tool is missing
 * @throws Error with the end of the log of the program that did not start
 */
export async function startControlPlane(): Promise<ControlPlane> {
  const kubeconfig = process.env.E2E_KUBECONFIG;
  if (kubeconfig) return externalCluster(kubeconfig);
  const built = await buildPrograms();
  if ('missing' in built) throw new ControlPlaneUnavailable(built.missing);
  return startOwnControlPlane(built.programs);
}

async function externalCluster(kubeconfig: string): Promise<ControlPlane> {
  const kubectl = new Kubectl('kubectl', kubeconfig);
  try {
    await kubectl.run(['get', '--raw', '/readyz']);
  } catch (error) {
    throw new ControlPlaneUnavailable(`The cluster of E2E_KUBECONFIG does not answer: ${(error as Error).message}`);
  }
  return { kubectl, kubeconfig, external: true, stop: async () => {} };
}

class LocalControlPlane implements ControlPlane {
  readonly external = false;
  readonly kubectl: Kubectl;
  readonly kubeconfig: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-e2e-'));
  private readonly reaper = new Reaper(this.folder);
  private readonly daemons: Daemon[] = [];
  /** Nothing of the user's environment, such as ETCD_* variables or ~/.kube, may change what runs. */
  private readonly env = { PATH: process.env.PATH, HOME: this.folder };
  private readonly token = randomUUID();
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly programs: Programs,
    private readonly containers?: RealContainers,
  ) {
    this.kubeconfig = this.path('kubeconfig');
    this.kubectl = new Kubectl(programs.kubectl, this.kubeconfig, this.env);
  }

  async start(): Promise<void> {
    const etcd = await this.startEtcd();
    await this.startApiserver(etcd);
    await Promise.all([this.startControllerManager(), this.startScheduler(), this.startKwok()]);
    await this.kubectl.apply(join(this.programs.kwokStages, 'volume/fast/storage-class.yaml'));
    await this.kubectl.applyObjects([node]);
    // Pods need both: without the account they are refused, with a tainted Node they stay pending.
    await this.kubectl.wait('serviceaccount/default', 'create', { namespace: 'default' });
    await this.nodeWithoutTaints();
  }

  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  /** Clients end before the servers they talk to, so that none spends its last seconds with retries. */
  private async end(): Promise<void> {
    const [etcd, apiserver, ...clients] = this.daemons;
    await Promise.all(clients.map((client) => client.stop()));
    await apiserver?.stop();
    await etcd?.stop();
    await this.reaper.finish();
  }

  private async startEtcd(): Promise<string> {
    const client = `http://127.0.0.1:${await freePort()}`;
    const peer = `http://127.0.0.1:${await freePort()}`;
    const etcd = this.daemon('etcd', this.programs.etcd, {
      'data-dir': this.path('etcd'),
      'listen-client-urls': client,
      'advertise-client-urls': client,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `default=${peer}`,
      'unsafe-no-fsync': true,
      // The default of 1.5 MB is too little for the largest definitions.
      'max-request-bytes': 8_000_000,
    });
    await etcd.ready(() => answersOk(`${client}/readyz`));
    return client;
  }

  private async startApiserver(etcd: string): Promise<void> {
    const port = await freePort();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.write('service-account.key', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
    this.write('tokens.csv', `${this.token},admin,admin,system:masters\n`);
    this.write('kubeconfig', this.kubeconfigFor(`https://127.0.0.1:${port}`));
    const apiserver = this.daemon('kube-apiserver', this.programs.kubeApiserver, {
      'etcd-servers': etcd,
      'bind-address': '127.0.0.1',
      'secure-port': port,
      // It makes the certificate that everybody here trusts.
      'cert-dir': this.path('certificates'),
      'client-ca-file': this.path('certificates/apiserver.crt'),
      // Looking for an address of the machine would fail on one without a network.
      'advertise-address': '127.0.0.1',
      'endpoint-reconciler-type': 'none',
      'service-cluster-ip-range': '10.0.0.0/16',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': this.path('service-account.key'),
      'service-account-signing-key-file': this.path('service-account.key'),
      'token-auth-file': this.path('tokens.csv'),
      'authorization-mode': 'RBAC',
      'allow-privileged': true,
      ...admissionFlags(this.containers),
    });
    await apiserver.ready(() => answersOk(`https://127.0.0.1:${port}/readyz`));
  }

  private async startControllerManager(): Promise<void> {
    const port = await freePort();
    const controllerManager = this.daemon('kube-controller-manager', this.programs.kubeControllerManager, {
      kubeconfig: this.kubeconfig,
      'bind-address': '127.0.0.1',
      'secure-port': port,
      'cert-dir': this.path('certificates'),
      'leader-elect': false,
      'use-service-account-credentials': true,
      'service-account-private-key-file': this.path('service-account.key'),
      'root-ca-file': this.path('certificates/apiserver.crt'),
      // The defaults spare a server that serves many; here they would only make tests slower.
      'kube-api-qps': 500,
      'kube-api-burst': 1000,
      'node-monitor-period': '1s',
    });
    await controllerManager.ready(() => answersOk(`https://127.0.0.1:${port}/healthz`));
  }

  private async startScheduler(): Promise<void> {
    const port = await freePort();
    const scheduler = this.daemon('kube-scheduler', this.programs.kubeScheduler, {
      kubeconfig: this.kubeconfig,
      'bind-address': '127.0.0.1',
      'secure-port': port,
      'cert-dir': this.path('certificates'),
      'leader-elect': false,
    });
    await scheduler.ready(() => answersOk(`https://127.0.0.1:${port}/healthz`));
  }

  private async startKwok(): Promise<void> {
    const port = await freePort();
    const kwok = this.daemon('kwok', this.programs.kwok, {
      kubeconfig: this.kubeconfig,
      'server-address': `127.0.0.1:${port}`,
      'manage-all-nodes': true,
      cidr: '10.1.0.0/16',
      config: this.containers?.stages ?? stages.map((stage) => join(this.programs.kwokStages, stage)),
    });
    await kwok.ready(() => answersOk(`http://127.0.0.1:${port}/healthz`));
  }

  private daemon(name: string, program: string, flags: Flags): Daemon {
    if (this.stopping) throw new Error(`${name} is not started: the control plane is stopping`);
    const daemon = new Daemon(name, {
      program,
      args: argsOf(flags),
      env: this.env,
      log: this.path(`${name}.log`),
      reaper: this.reaper,
    });
    this.daemons.push(daemon);
    return daemon;
  }

  private async nodeWithoutTaints(): Promise<void> {
    for (let attempt = 0; attempt < 120; attempt++) {
      const [found] = await this.kubectl.get<Node>('node', { name: node.metadata.name });
      if (found && found.spec.taints === undefined) return;
      await sleep(250);
    }
    throw new Error(`Node ${node.metadata.name} did not become ready`);
  }

  private kubeconfigFor(server: string): string {
    const name = 'e2e';
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server, 'certificate-authority': this.path('certificates/apiserver.crt') } }],
      users: [{ name, user: { token: this.token } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    });
  }

  private path(name: string): string {
    return join(this.folder, name);
  }

  private write(name: string, content: string): void {
    writeFileSync(this.path(name), content, { mode: 0o600 });
  }
}

function admissionFlags(containers: RealContainers | undefined): Flags {
  // Without containers there is nobody behind a webhook. All other admission and validation stays.
  if (!containers) return { 'disable-admission-plugins': 'MutatingAdmissionWebhook,ValidatingAdmissionWebhook' };
  const { policy, log } = containers.audit;
  return { 'audit-policy-file': policy, 'audit-log-path': log };
}

type Flags = Readonly<Record<string, string | number | boolean | readonly string[]>>;

function argsOf(flags: Flags): string[] {
  return Object.entries(flags).flatMap(([name, value]) => [value].flat().map((one) => `--${name}=${one}`));
}
