import type { IConstruct } from 'constructs';
import { Roster, Scoped } from '../core';
import type { MeshReference } from './mesh/sidecar-mesh';
import type { ServingContext } from './serving-context';

/** Who signs certificates. */
export interface IssuerReference {
  readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly name: string;
}

/**
 * How much a platform withstands.
 *
 * - `single`: one replica of everything, as upstream
 * - `high`: two or more replicas where a program elects a leader or is stateless, spread over nodes and zones, with disruption budgets
 */
export type Availability = 'single' | 'high';

export type { MeshReference };

/** What a component may ask of the platform that it is part of. Components do not know each other. */
export interface PlatformContext {
  /** Signs the platform's certificates; undefined without cert-manager. */
  readonly issuer?: IssuerReference;
  /** Undefined without a mesh. */
  readonly mesh?: MeshReference;
  readonly availability: Availability;
  /** What the platform's KServe offers; undefined without KServe, or where it is there already. */
  readonly serving?: ServingContext;
  /** Verbosity of the programs that take one, 0 to 10; undefined leaves it to each component. */
  readonly verbosity?: number;
}

const scoped = new Scoped<PlatformContext>('cdk8s-kubeflow:platform');
const platforms = new Roster<IConstruct>('platforms');

/** Outside a platform a component stands alone. */
const ALONE: PlatformContext = { availability: 'single' };

/** Makes a construct a platform for everything below it. */
export function providePlatform(scope: IConstruct, context: PlatformContext): void {
  scoped.add(scope, context);
  platforms.add(scope);
}

/** The platform that a construct is part of. */
export function platformOf(construct: IConstruct): PlatformContext {
  return scoped.reaching(construct)[0] ?? ALONE;
}

/** Every platform of the app that a construct is part of, wherever it stands, as far as it is made. */
export function platformsAround(construct: IConstruct): IConstruct[] {
  return platforms.around(construct);
}
