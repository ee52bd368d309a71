import type { EnvVar } from '../../../crds-imports/core';
import type { ClusterRole } from '../../../crds-imports/rbac.authorization.k8s.io';
import { RUNTIMES, type RuntimeDeclaration, toYaml } from '../../../lib';
import { assembledPlatform, find, GROUND, objectsOf } from '../../support/platform';

const installed = (trainer = {}) => assembledPlatform({ components: { ...GROUND, trainer } });

describe('Trainer', () => {
  test('has a runtime for every name of the release, leaves some out and adds others', () => {
    const names = (trainer = {}) =>
      objectsOf(installed(trainer), 'trainer')
        .filter(({ kind }) => kind === 'ClusterTrainingRuntime')
        .map(({ metadata }) => metadata.name);
    expect(names().sort()).toEqual(Object.keys(RUNTIMES).sort());
    expect(names({ without: ['mlx-distributed'] })).not.toContain('mlx-distributed');
    expect(names({ runtimes: { 'team-torch': RUNTIMES['torch-distributed'] } })).toContain('team-torch');
  });

  test('applies runtimes when its webhook can admit them, and not before', () => {
    const { plan } = installed();
    const runtime = plan.objects.find(({ metadata }) => metadata.name === 'torch-distributed');
    const awaited = plan.gates
      .filter(({ object }) => object === runtime)
      .map(({ waitsFor, ready }) => `${waitsFor.metadata.name} ${ready}`);
    expect(awaited.sort()).toEqual([
      'clustertrainingruntimes.trainer.kubeflow.org Established',
      'kubeflow-trainer-controller-manager Available',
      'validator.trainer.kubeflow.org CABundle',
    ]);
  });

  test('hands options on to the programs', () => {
    const assembly = installed({ logLevel: 5, concurrency: 9 });
    const config = find(assembly, 'ConfigMap', 'kubeflow-trainer-config').data as Record<string, string>;
    expect(config['controller_manager_config.yaml']).toContain('TrainJob.trainer.kubeflow.org: 9\n');
    for (const name of ['kubeflow-trainer-controller-manager', 'jobset-controller-manager']) {
      expect(toYaml(find(assembly, 'Deployment', name))).toContain('--zap-log-level=5\n');
    }
  });

  test('makes its own webhook certificates in Secrets that are declared without data', () => {
    const assembly = installed();
    for (const name of ['kubeflow-trainer-webhook-cert', 'jobset-webhook-server-cert'])
      expect(find(assembly, 'Secret', name)).not.toHaveProperty('data');
  });

  test('lets its programs change their own Leases and webhook configurations only', () => {
    const assembly = installed();
    const rules = (kind: string, name: string) => (find(assembly, kind, name) as unknown as ClusterRole).rules ?? [];
    for (const name of ['kubeflow-trainer-controller-manager', 'jobset-manager-role']) {
      const resources = rules('ClusterRole', name).flatMap(({ resources: of = [] }) => of);
      expect(resources).not.toContain('leases');
      expect(resources.filter((resource) => resource.endsWith('webhookconfigurations'))).toEqual([]);
    }
    const named = (role: string) =>
      rules('ClusterRole', role).flatMap(({ resourceNames = [], verbs }) => (verbs.includes('update') ? resourceNames : []));
    expect(named('kubeflow-trainer-controller-manager-webhook-certificate')).toEqual([
      'defaulter.trainer.kubeflow.org',
      'validator.trainer.kubeflow.org',
    ]);
    expect(named('jobset-manager-secrets-role')).toEqual([
      'jobset-mutating-webhook-configuration',
      'jobset-validating-webhook-configuration',
    ]);
    const leases = (role: string) => rules('Role', role).flatMap(({ resourceNames = [] }) => resourceNames);
    expect(leases('kubeflow-trainer-controller-manager-leader-election')).toEqual(['trainer.kubeflow.org']);
    expect(leases('jobset-leader-election-role')).toEqual(['6d4f6a47.jobset.x-k8s.io']);
  });

  test('shows the JobSet of a job to whoever may see the job', () => {
    const { rules = [] } = find(installed(), 'ClusterRole', 'kubeflow-trainer-view') as unknown as ClusterRole;
    expect(rules).toContainEqual({ apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets'], verbs: ['get', 'list', 'watch'] });
  });

  test('names the image that brings flux, so that it is listed and mirrored', () => {
    const node = { name: 'node', image: 'example.com/flux:1' };
    const flux = (env?: readonly EnvVar[]): RuntimeDeclaration => ({
      spec: {
        mlPolicy: { numNodes: 2, flux: {} },
        template: {
          spec: {
            replicatedJobs: [
              {
                name: 'node',
                template: {
                  metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
                  spec: { template: { spec: { containers: [{ ...node, ...(env && { env }) }] } } },
                },
              },
            ],
          },
        },
      },
    });
    const platform = (runtime: RuntimeDeclaration) =>
      assembledPlatform({
        components: { ...GROUND, trainer: { runtimes: { flux: runtime } } },
        images: { registry: 'mirror.example.com' },
      });
    const view = (runtime: RuntimeDeclaration) =>
      /FLUX_VIEW_IMAGE\n\s+value: (\S+)/.exec(toYaml(find(platform(runtime), 'ClusterTrainingRuntime', 'flux')))?.[1];
    expect(view(flux())).toBe('mirror.example.com/converged-computing/flux-view-ubuntu:tag-jammy');
    expect(platform(flux()).images.map(({ image }) => image)).toContain(view(flux()));
    expect(view(flux([{ name: 'FLUX_VIEW_IMAGE', value: 'example.com/view:1' }]))).toBe('example.com/view:1');
    expect(toYaml(find(installed(), 'ClusterTrainingRuntime', 'torch-distributed'))).not.toContain('FLUX_VIEW_IMAGE');
  });
});
