import type { Kubectl, KubernetesObject } from '../../../e2e/kubectl';
import { Played } from './played';

interface Profile extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & { readonly deletionTimestamp?: string; readonly finalizers?: string[] };
}

const FINALIZER = 'profile-finalizer';
const NAME = { name: 'profiles', namespace: 'kubeflow' };

/**
 * Does for a test what the controller of Profiles does: makes their namespaces, and cleans up after them. Only as long as the
 * Deployment is there that the controller would run in.
 */
export class ProfileController extends Played {
  /** What runs the controller, and its rights. */
  static readonly objects: readonly object[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAME.namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: NAME },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: NAME.name },
      rules: [
        { apiGroups: ['kubeflow.org'], resources: ['profiles', 'profiles/finalizers', 'profiles/status'], verbs: ['*'] },
        { apiGroups: [''], resources: ['namespaces'], verbs: ['*'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: NAME.name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: NAME.name },
      subjects: [{ kind: 'ServiceAccount', ...NAME }],
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: NAME,
      spec: {
        selector: { matchLabels: { app: 'profiles' } },
        template: {
          metadata: { labels: { app: 'profiles' } },
          spec: { serviceAccountName: NAME.name, containers: [{ name: 'manager', image: 'profiles:1' }] },
        },
      },
    },
  ];

  static profile(name: string): object {
    const spec = { owner: { kind: 'User', name: 'ada@example.com' } };
    return { apiVersion: 'kubeflow.org/v1', kind: 'Profile', metadata: { name }, spec };
  }

  /** Names of the Profiles that it has cleaned up after. */
  readonly finalized: string[] = [];

  constructor(kubectl: Kubectl) {
    super(kubectl, 500);
  }

  protected override async look(): Promise<void> {
    const [running] = await this.kubectl.get('deployment', NAME);
    if (!running) return;
    for (const profile of await this.kubectl.get<Profile>('profiles.kubeflow.org')) {
      if (profile.metadata.deletionTimestamp) await this.cleanUp(profile.metadata.name);
      else if (!profile.metadata.finalizers) await this.makeNamespace(profile.metadata.name);
    }
  }

  private async makeNamespace(name: string): Promise<void> {
    await this.kubectl.applyObjects([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]);
    // The real one has no condition for success, and adds its finalizer last.
    await this.kubectl.patch(`profile/${name}`, { metadata: { finalizers: [FINALIZER] } });
  }

  private async cleanUp(name: string): Promise<void> {
    await this.kubectl.delete(`namespace/${name}`, { wait: false });
    await this.kubectl.patch(`profile/${name}`, { metadata: { finalizers: null } });
    this.finalized.push(name);
  }
}
