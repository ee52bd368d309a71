import type { Construct } from 'constructs';
import type { TopologySpreadConstraint } from '../../crds-imports/core';
import { poddisruptionbudgets } from '../../crds-imports/policy';
import { Settings } from '../contracts';
import { declare, Notes } from '../core';

type Labels = Readonly<Record<string, string>>;

/** Whether several replicas of a program can run side by side, and why. */
export class Replication {
  /** The replicas elect a leader; the others stand by. */
  static readonly leaderElection = new Replication(undefined);
  /** Every replica answers. */
  static readonly stateless = new Replication(undefined);

  private constructor(
    /** Why there can be only one; undefined where there can be more. */
    readonly obstacle: string | undefined,
  ) {}

  /** Only one replica can run. @param why as the end of a sentence: `it runs without leader election` */
  static impossible(why: string): Replication {
    return new Replication(why);
  }
}

/** What replication makes of a workload. */
export interface Replicated {
  readonly replicas: number;
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
}

/**
 * How many replicas a workload gets in its platform. Where high availability is asked for: at least two, spread over nodes and
 * zones, with a PodDisruptionBudget that lets one go at a time. What cannot be replicated says so in the report.
 */
export function replicate(scope: Construct, name: string, selector: Labels, replication: Replication, replicas = 1): Replicated {
  if (Settings.of(scope).availability !== 'high') return { replicas };
  if (replication.obstacle) {
    Notes.add(scope, `${name} stays at ${replicas === 1 ? 'one replica' : `${replicas} replicas`}: ${replication.obstacle}`);
    return { replicas };
  }
  declare(scope, poddisruptionbudgets, { metadata: { name }, spec: { maxUnavailable: 1, selector: { matchLabels: selector } } });
  const spread = (topologyKey: string): TopologySpreadConstraint => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selector },
  });
  return {
    replicas: Math.max(2, replicas),
    topologySpreadConstraints: [spread('kubernetes.io/hostname'), spread('topology.kubernetes.io/zone')],
  };
}
