import type { Deployment } from '../../crds-imports/apps';
import { type CertManagerProps, SELF_SIGNING } from '../../lib';
import { errors, told } from '../support/app';
import { assembledPlatform, find, objectsOf } from '../support/platform';

const installed = (certManager: CertManagerProps = {}) => assembledPlatform({ components: { certManager } });

const PROGRAMS = ['cert-manager', 'cert-manager-cainjector', 'cert-manager-webhook'];

function deployment(name: string, props?: CertManagerProps): Deployment {
  return find(installed(props), 'Deployment', name, 'cert-manager') as unknown as Deployment;
}

function args(name: string, props?: CertManagerProps): readonly string[] {
  return deployment(name, props).spec?.template.spec?.containers[0]?.args ?? [];
}

describe('cert-manager', () => {
  const assembly = installed();

  test('stands in a closed world on its own', () => {
    expect(errors(assembly)).toStrictEqual([]);
    expect(told(assembly, 'warning')).toStrictEqual([]);
    expect(objectsOf(assembly, 'cert-manager').filter(({ kind }) => kind === 'CustomResourceDefinition')).toHaveLength(6);
  });

  test('applies the issuer of the platform when its webhook answers', () => {
    const issuer = find(assembly, 'ClusterIssuer', SELF_SIGNING.name);
    const awaited = assembly.plan.gates
      .filter(({ object }) => object === issuer)
      .map(({ waitsFor, ready }) => `${waitsFor.metadata.name} ${ready}`);
    expect(awaited.sort()).toStrictEqual([
      'cert-manager-webhook Available',
      'cert-manager-webhook CABundle',
      'clusterissuers.cert-manager.io Established',
    ]);
  });
});

describe('options', () => {
  test('reach all programs', () => {
    for (const name of PROGRAMS) {
      expect(args(name)).toContain('--v=2');
      expect(args(name, { logLevel: 5 })).toContain('--v=5');
      expect(deployment(name).spec?.replicas).toBe(1);
      expect(deployment(name, { replicas: 3 }).spec?.replicas).toBe(3);
    }
  });

  test('follow the verbosity of the platform', () => {
    const assembly = assembledPlatform({ components: { certManager: {} }, verbosity: 0 });
    const { spec } = find(assembly, 'Deployment', 'cert-manager') as unknown as Deployment;
    expect(spec?.template.spec?.containers[0]?.args).toContain('--v=0');
  });

  test('place the leader election, its roles and bindings', () => {
    const assembly = installed({ leaderElectionNamespace: 'cert-manager' });
    const roles = assembly.model.manifests.filter(({ metadata }) => metadata.name.endsWith(':leaderelection'));
    expect(roles.map(({ kind, metadata }) => [kind, metadata.namespace])).toStrictEqual([
      ['Role', 'cert-manager'],
      ['RoleBinding', 'cert-manager'],
      ['Role', 'cert-manager'],
      ['RoleBinding', 'cert-manager'],
    ]);
    expect(args('cert-manager', { leaderElectionNamespace: 'cert-manager' })).toContain(
      '--leader-election-namespace=cert-manager',
    );
    expect(args('cert-manager-cainjector', { leaderElectionNamespace: 'cert-manager' })).toContain(
      '--leader-election-namespace=cert-manager',
    );
  });

  test('limit the challenges', () => {
    expect(args('cert-manager')).toContain('--max-concurrent-challenges=60');
    expect(args('cert-manager', { maxConcurrentChallenges: 5 })).toContain('--max-concurrent-challenges=5');
  });
});
