import { RUNTIMES, toYaml } from '../../../lib';
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
});
