import type { Construct } from 'constructs';
import { horizontalpodautoscalers } from '../../../crds-imports/autoscaling';
import { events, type TopologySpreadConstraint } from '../../../crds-imports/core';
import { poddisruptionbudgets } from '../../../crds-imports/policy';
import { Settings } from '../../contracts';
import { allow, declare, type Labels, Notes, resource } from '../../core';
import type { NamedPermissions } from '../roles/bound-roles';

/** Kinds of workloads. */
export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

/** How replicas of a program elect their leader: by Leases that a Role lets them write. */
export interface Election {
  /** Names of the Leases. */
  readonly leases: readonly string[];
  /** Name of the Role. */
  readonly role: string;
  /** Name of the RoleBinding. @default - the Role's */
  readonly binding?: string;
  /** Namespace of the Leases. @default - the program's */
  readonly namespace?: string;
}

/** A workload that is replicated. */
export interface ReplicatedWorkload {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** Undefined where it is the chart's. */
  readonly namespace: string | undefined;
  readonly labels: Labels;
  readonly selector: Labels;
}

/** What replication makes of a workload. */
export interface Replicated {
  /** Undefined where somebody else says it: an autoscaler, or the number of nodes. */
  readonly replicas?: number;
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
}

interface Fields {
  readonly count?: number;
  /** Why there can be only one; undefined where there can be more. */
  readonly obstacle?: string;
  readonly election?: Election;
  /** A role of the program by which it elects. */
  readonly elector?: string;
  readonly scaling?: { readonly min: number; readonly max: number; readonly cpuPercent: number };
  readonly everyNode?: true;
}

const leases = resource('coordination.k8s.io', 'leases');

/**
 * How many replicas of a program run side by side. The reason goes with the choice, so that a leader whom nobody elects cannot be
 * claimed. In a platform of high availability there are at least two wherever there can be.
 */
export class Replicas {
  private constructor(private readonly fields: Fields) {}

  /** They elect a leader by Leases, the others stand by: brings the Role. @param count before high availability @default 1 */
  static electing(election: Election, count = 1): Replicas {
    return new Replicas({ election, count });
  }

  /**
   * They elect a leader by Leases that one of the program's own roles grants.
   *
   * @param role its name; a server that has no such role, or whose role lets it write no Leases, is refused
   */
  static electingBy(role: string, count = 1): Replicas {
    return new Replicas({ elector: role, count });
  }

  /** Every replica answers. @param count before high availability @default 1 */
  static any(count = 1): Replicas {
    return new Replicas({ count });
  }

  /** Only one can run. @param why as the end of a sentence: `it runs without leader election` */
  static one(why: string): Replicas {
    return new Replicas({ count: 1, obstacle: why });
  }

  /** Every replica answers; a HorizontalPodAutoscaler says how many there are. @param cpuPercent of the requested CPU that is aimed at */
  static scaled(min: number, max: number, cpuPercent: number): Replicas {
    return new Replicas({ scaling: { min, max, cpuPercent } });
  }

  /** One on every node that the pod may run on: a DaemonSet. */
  static get onEveryNode(): Replicas {
    return new Replicas({ everyNode: true });
  }

  /** Whether it is a DaemonSet, whatever else the server is. @internal */
  get _runsOnEveryNode(): boolean {
    return this.fields.everyNode ?? false;
  }

  /** The Role of an election. @internal */
  _roles(namespace: string): NamedPermissions[] {
    const { election } = this.fields;
    if (!election) return [];
    const permissions = [
      allow('get', 'update', 'patch')
        .on(leases)
        .named(...election.leases),
      allow('create').on(leases),
      // Who leads is told as an event in the namespace of the Leases.
      allow('create', 'patch').on(events),
    ];
    return [{ name: election.role, binding: election.binding, namespace: election.namespace ?? namespace, permissions }];
  }

  /** What is wrong with them, given the roles of the program. @internal */
  _problems(roles: readonly NamedPermissions[]): string[] {
    const { elector, scaling } = this.fields;
    if (scaling && !(scaling.min >= 1 && scaling.min <= scaling.max))
      return [`it is scaled from ${scaling.min} to ${scaling.max}; the least has to be at least 1 and at most the most`];
    if (elector === undefined) return [];
    const rules = roles
      .filter(({ name }) => name === elector)
      .flatMap(({ permissions }) => permissions.flatMap(({ rules: of }) => of));
    const verbs = rules.filter(({ resources = [] }) => resources.includes('leases')).flatMap(({ verbs: of }) => of);
    if (['create', 'update'].every((verb) => verbs.includes(verb))) return [];
    return [
      `it elects a leader by the role ${elector}, which ${rules.length ? 'lets it write no Leases' : 'is not among its roles'}`,
    ];
  }

  /**
   * Declares what the replicas of a workload need: where high availability is asked for, at least two, spread over nodes and zones,
   * with a PodDisruptionBudget that lets one go at a time. What cannot be replicated says so in the report. @internal
   */
  _replicate(scope: Construct, workload: ReplicatedWorkload): Replicated {
    const { count = 1, obstacle, scaling, everyNode } = this.fields;
    const { name, namespace, labels, selector } = workload;
    if (everyNode) return {};
    const high = Settings.of(scope).availability === 'high';
    const least = (number: number) => (high && obstacle === undefined ? Math.max(2, number) : number);
    if (high && obstacle !== undefined) Notes.add(scope, `${name} stays at one replica: ${obstacle}`);
    if (scaling) {
      declare(scope, horizontalpodautoscalers, {
        metadata: { name, namespace, labels },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: workload.kind, name },
          minReplicas: least(scaling.min),
          maxReplicas: Math.max(least(scaling.min), scaling.max),
          metrics: [
            {
              type: 'Resource',
              resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: scaling.cpuPercent } },
            },
          ],
        },
      });
    }
    const replicas = scaling ? {} : { replicas: least(count) };
    if (!high || obstacle !== undefined) return replicas;
    declare(scope, poddisruptionbudgets, {
      metadata: { name, namespace },
      spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
    });
    return { ...replicas, topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(spread) };

    function spread(topologyKey: string): TopologySpreadConstraint {
      return { maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: selector } };
    }
  }
}
