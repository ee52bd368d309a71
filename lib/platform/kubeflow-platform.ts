import { Construct } from 'constructs';
import { clusterissuers, issuers } from '../../crds-imports/cert-manager.io';
import { ExistingKatib } from '../components/katib/existing';
import { servingOffer } from '../components/kserve/serving';
import {
  type Availability,
  ISSUER,
  type IssuerReference,
  MESH_REFERENCE,
  type MeshReference,
  SERVING,
  Settings,
} from '../contracts';
import { Existing, type ImageSettings, Images, RANGES, rangeProblems, refuse, World } from '../core';
import { SELF_SIGNING } from '../foundation/cert-manager/issuer';
import { catalogue } from '../release/images';
import { COMPONENTS, type ComponentName, type Entry, type ExistingComponents, type KubeflowComponents } from './components';
import { existingMesh } from './existing-mesh';
import { type WorkloadSettings, WorkloadTransform } from './workload-settings';

/** Options of a platform. */
export interface KubeflowPlatformProps {
  /** What is named is installed, nothing else. */
  readonly components: KubeflowComponents;

  /**
   * What the cluster has already: components of the platform, and any objects that the model refers to.
   *
   * @default - nothing but what every cluster has
   */
  readonly existing?: ExistingComponents & {
    /** The mesh through whose gateway users come; components add their routes and policies to it. @default - no mesh */
    readonly istio?: MeshReference;
    /** Any objects. @default - none */
    readonly objects?: readonly Existing[];
  };

  /**
   * How much the platform withstands.
   *
   * @default 'single'
   */
  readonly availability?: Availability;

  /**
   * Where images come from.
   *
   * @default - the registries of the release, without pull secrets
   */
  readonly images?: ImageSettings;

  /**
   * What all workloads of the platform have in common, and what single ones get instead of their defaults.
   *
   * @default - what each component says
   */
  readonly workloads?: WorkloadSettings;

  /**
   * Verbosity of the programs that take one, 0 (errors only) to 10 (everything). A component's own option goes before it.
   *
   * @default - what each component says, mostly 2
   */
  readonly verbosity?: number;
}

/**
 * A Kubeflow platform: its components, and what all of them share. Whatever an object below it refers to is installed or
 * declared as existing; anything else is an error at synthesis.
 *
 * @see https://github.com/kubeflow/manifests/tree/v26.03.1
 */
export class KubeflowPlatform extends Construct {
  /** Signs the platform's certificates; undefined without cert-manager. */
  readonly issuer: IssuerReference | undefined;

  /**
   * @throws ConstructError when a component is unknown, when one needs another that is neither installed nor existing, when one
   * is both, or when a number is outside of its range
   */
  constructor(scope: Construct, id: string, props: KubeflowPlatformProps) {
    super(scope, id);
    const {
      components,
      existing: { objects = [], istio: mesh, ...existing } = {},
      images = {},
      availability = 'single',
      workloads,
      verbosity,
    } = props;
    this.check(components, existing, props);
    World.close(this);
    World.declare(this, ...objects, ...names(existing).flatMap((name) => COMPONENTS[name].provides));
    Images.settle(this, catalogue, images);
    this.issuer = existing.certManager?.issuer ?? (components.certManager && SELF_SIGNING);
    Settings.offer(this, { availability, verbosity });
    if (this.issuer) ISSUER.offer(this, this.issuer);
    if (mesh) MESH_REFERENCE.offer(this, mesh);
    if (components.kserve) SERVING.offer(this, servingOffer(components.kserve, mesh));
    if (workloads) new WorkloadTransform(workloads).on(this);
    if (mesh) World.declare(this, ...existingMesh(mesh));
    if (existing.katib) ExistingKatib.add(this, existing.katib);
    if (existing.certManager) {
      const { kind, name } = existing.certManager.issuer;
      World.declare(this, kind === 'Issuer' ? Existing.object(issuers, name, '*') : Existing.object(clusterissuers, name));
    }
    for (const name of Object.keys(COMPONENTS) as ComponentName[]) {
      const options = components[name];
      if (options) this.install(name, options);
    }
  }

  private install<Name extends ComponentName>(name: Name, options: NonNullable<KubeflowComponents[Name]>): void {
    const { id, install } = COMPONENTS[name] as Entry<typeof options>;
    install(this, id, options);
  }

  /** All findings at once. */
  private check(
    components: KubeflowComponents,
    existing: ExistingComponents,
    { verbosity, workloads }: KubeflowPlatformProps,
  ): void {
    const known = Object.keys(COMPONENTS);
    const there = new Set([...names(components), ...names(existing)]);
    refuse(this, [
      ...rangeProblems(RANGES.verbosity, { verbosity }),
      ...rangeProblems(RANGES.natural, replicasOf(workloads)),
      ...[...there]
        .filter((name) => !known.includes(name))
        .map((name) => `there is no component ${name}; there are ${known.join(', ')}`),
      ...names(components)
        .filter((name) => existing[name as keyof ExistingComponents])
        .map(
          (name) =>
            `${COMPONENTS[name].id} is to be installed and declared as existing; leave out components.${name} or existing.${name}`,
        ),
      ...names(components).flatMap((name) =>
        Object.entries(COMPONENTS[name]?.needs ?? {})
          .filter(([needed]) => !there.has(needed as ComponentName))
          .map(([needed, why]) => {
            const { id } = COMPONENTS[needed as ComponentName];
            return `${COMPONENTS[name].id} needs ${id} for ${why}; install it (components.${needed} = {}) or declare it as existing (existing.${needed})`;
          }),
      ),
    ]);
  }
}

function names(record: KubeflowComponents | ExistingComponents): ComponentName[] {
  return (Object.keys(record) as ComponentName[]).filter((name) => record[name as keyof typeof record] !== undefined);
}

function replicasOf({ replicas = {} }: WorkloadSettings = {}): Record<string, number> {
  return Object.fromEntries(
    Object.entries(replicas).map(([workload, number]) => [`workloads.replicas[${JSON.stringify(workload)}]`, number]),
  );
}
