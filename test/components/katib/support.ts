import type { ClusterRole } from '../../../crds-imports/rbac.authorization.k8s.io';
import { type Assembly, Credentials, type KatibProps, type KubeflowPlatformProps, SqlDatabase } from '../../../lib';
import { assembledPlatform, find, GROUND } from '../../support/platform';

export const DATABASE = SqlDatabase.bundledMySql({ credentials: Credentials.existing('katib-db', 'password') });

let standard: Assembly | undefined;

/** A platform with Katib, assembled. */
export function tuning(katib?: Partial<KatibProps>, platform?: Partial<KubeflowPlatformProps>): Assembly {
  if (katib || platform) return assemble(katib, platform);
  standard ??= assemble();
  return standard;
}

function assemble(katib?: Partial<KatibProps>, platform?: Partial<KubeflowPlatformProps>): Assembly {
  return assembledPlatform({ ...platform, components: { ...GROUND, katib: { database: DATABASE, ...katib } } });
}

/** What a ClusterRole grants, each as `group/resource:verb`. */
export function granted(assembly: Assembly, name: string): string[] {
  const { rules } = find(assembly, 'ClusterRole', name) as unknown as ClusterRole;
  return (rules ?? []).flatMap(({ apiGroups = [], resources = [], verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${group}/${resource}:${verb}`))),
  );
}

interface Container {
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly [field: string]: unknown;
}

/** Pod spec of a Deployment. */
export function podOf(assembly: Assembly, deployment: string) {
  const { spec } = find(assembly, 'Deployment', deployment) as unknown as {
    spec: {
      template: { metadata: { labels: Record<string, string> }; spec: { containers: Container[]; [field: string]: unknown } };
    };
  };
  return spec.template;
}

/** The container of a Deployment that has one. */
export function containerOf(assembly: Assembly, deployment: string): Container {
  const [container] = podOf(assembly, deployment).spec.containers;
  return container as Container;
}

/** Environment of a Deployment's container: the value, or where it comes from. */
export function environmentOf(assembly: Assembly, deployment: string): Record<string, unknown> {
  return Object.fromEntries(
    (containerOf(assembly, deployment).env ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]),
  );
}
