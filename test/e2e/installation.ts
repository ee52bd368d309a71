import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { type PlanFile, synth, type Wait } from 'cdk8s-kubeflow';
import { parse } from 'yaml';
import { differences } from './differences';
import { byName, type Inventory } from './inventory';
import { type Kubectl, KubectlError, type KubernetesObject } from './kubectl';
import { count, say, stopwatch } from './say';
import { StandIn } from './stand-in';

/** The condition that an object of a kind is to reach. */
const HEALTHY: Readonly<Record<string, string>> = { CustomResourceDefinition: 'Established', Deployment: 'Available' };

/** A folder as it is, every field of it known to the server. */
const STRICTLY = { recursive: true, validate: 'strict' } as const;

/** Seconds for which anything is waited for. What takes longer here never comes. */
const PATIENCE = 120;

/** The output of a synthesis, and what becomes of it in a cluster. */
export class Installation {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-install-'));
  private readonly plan: PlanFile;
  private readonly standIn?: StandIn;
  /** The objects as the files have them. */
  readonly written: Inventory;

  /**
   * @param synthesise writes the output into the folder that it is given
   * @param programs whether the programs that the plan waits for run, or a stand-in plays what they write
   */
  constructor(
    private readonly kubectl: Kubectl,
    synthesise: (folder: string) => unknown,
    programs: 'played' | 'real' = 'played',
  ) {
    if (programs === 'played') this.standIn = new StandIn(kubectl);
    synthesise(this.folder);
    this.plan = JSON.parse(readFileSync(join(this.folder, 'plan.json'), 'utf8')) as PlanFile;
    this.written = byName(this.waves.flatMap(readObjects));
  }

  /** What an App is synthesised to, in a cluster without containers. */
  static of(app: App, kubectl: Kubectl): Installation {
    return new Installation(kubectl, synthesisOf(app));
  }

  /** What an App is synthesised to, in a cluster that runs the programs. */
  static withPrograms(app: App, kubectl: Kubectl): Installation {
    return new Installation(kubectl, synthesisOf(app), 'real');
  }

  /** The folders of the waves. */
  get waves(): string[] {
    return this.plan.waves.map(({ folder }) => join(this.folder, folder));
  }

  /** The objects as the cluster has them; those that are not there are left out. */
  async live(): Promise<Inventory> {
    return byName(await this.kubectl.getFiles(this.waves));
  }

  /** Applies each wave once, when what it waits for is ready, and tells how long it took. */
  async install(): Promise<void> {
    const width = String(this.written.size).length;
    for (const { folder, waitFor, objects } of this.plan.waves) {
      const waited = stopwatch();
      for (const wait of waitFor) await this.ready(wait, folder);
      const patience = waitFor.length > 0 ? `, after ${waited()} for ${count(waitFor.length, 'thing')} to be ready` : '';
      const applied = stopwatch();
      const { names, warnings } = await this.kubectl.apply(join(this.folder, folder), STRICTLY);
      say(`  ${folder}  ${String(names.length).padStart(width)} applied in ${applied()}${patience}`);
      for (const warning of new Set(warnings)) say(`          the API server warns: ${warning}`);
      if (names.length !== objects.length) throw new Error(`${folder}: ${objects.length} planned, ${names.length} applied`);
    }
  }

  /** Applies every wave again. Everything is there, so there is nothing to wait for. */
  async applyAgain(): Promise<void> {
    for (const wave of this.waves) await this.kubectl.apply(wave, STRICTLY);
  }

  /** Waits until every Deployment is available and every definition established. Returns how many objects that are. */
  async healthy(): Promise<number> {
    const objects = [...(await this.live()).values()].filter(({ kind }) => kind in HEALTHY);
    for (const { kind, metadata, status } of objects as readonly WithConditions[]) {
      const condition = HEALTHY[kind];
      if (status?.conditions?.some((one) => one.type === condition && one.status === 'True')) continue;
      await this.wait(
        { resource: kind, name: metadata.name, namespace: metadata.namespace, for: `condition=${condition}` },
        'the test',
      );
    }
    return objects.length;
  }

  /** Where the cluster does not have what was written, an entry for each place. */
  async deviations(): Promise<string[]> {
    const live = await this.live();
    return [...this.written].flatMap(([name, written]) => {
      const found = live.get(name);
      return found ? differences(written, found).map((place) => `${name} ${place}`) : [`${name} is not in the cluster`];
    });
  }

  /** Deletes the waves, the last one first. */
  async delete(): Promise<void> {
    await this.readAllKinds();
    for (const wave of this.waves.reverse()) await this.kubectl.deleteFiles([wave]);
  }

  /** Removes the files. */
  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * The API server opens the storage of a kind when somebody reads it first. In a cluster controllers do so. Where nobody has, the
   * deletion of the definition comes too early for the storage, and is tried again only minutes later.
   */
  private async readAllKinds(): Promise<void> {
    const definitions = [...this.written.values()].filter(({ kind }) => kind === 'CustomResourceDefinition');
    if (definitions.length === 0) return;
    await this.kubectl.get(
      definitions.map(({ metadata }) => metadata.name),
      { allNamespaces: true },
    );
  }

  private async ready(wait: Wait, wave: string): Promise<void> {
    const played = await this.standIn?.play(wait);
    if (played !== undefined) say(`          stand-in: ${played}`);
    await this.wait(wait, wave);
  }

  private async wait(wait: Wait, waiting: string): Promise<void> {
    const { resource, name, namespace } = wait;
    try {
      await this.kubectl.wait(`${resource}/${name}`, wait.for, { namespace, seconds: PATIENCE });
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      const [live] = await this.kubectl.get(resource, { name, namespace });
      const what = `${wait.for} of ${resource} ${namespace ? `${namespace}/` : ''}${name}`;
      throw new Error(`${waiting} waited ${PATIENCE} s for ${what}: ${error.stderr.trim()}\n${state(live)}`);
    }
  }
}

function synthesisOf(app: App): (folder: string) => unknown {
  return (outdir) => synth(app, { outdir, report: () => {} });
}

interface WithConditions extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

function state(live: KubernetesObject | undefined): string {
  if (!live) return 'It is not in the cluster.';
  return live.status === undefined ? 'It has no status.' : `Its status: ${JSON.stringify(live.status, null, 2)}`;
}

function readObjects(folder: string): KubernetesObject[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => parse(readFileSync(join(folder, file), 'utf8')) as KubernetesObject);
}
