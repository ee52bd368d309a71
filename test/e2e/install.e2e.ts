import { App, Chart } from 'cdk8s';
import {
  apps,
  Credentials,
  certManager,
  declare,
  Gpu,
  type KubeflowComponents,
  KubeflowPlatform,
  NamespaceBaseline,
  SELF_SIGNING,
  SqlDatabase,
  serving,
  TrainingJob,
  training,
  tuning,
} from 'cdk8s-kubeflow';
import { environments, platform } from '../../stacks/platform';
import { installs } from './installs';

for (const [name, environment] of Object.entries(environments)) installs(`the environment ${name}`, () => platform(environment));

const presets: Record<string, KubeflowComponents> = {
  serving: serving(),
  training: training(),
  tuning: tuning({ database: SqlDatabase.bundledMySql({ credentials: Credentials.development() }) }),
};

for (const [name, components] of Object.entries(presets)) {
  installs(`the preset ${name}`, () => {
    const app = new App();
    new KubeflowPlatform(app, 'kubeflow', { components });
    return app;
  });
}

installs('a platform with a team: a job that a webhook admits, a workload that mounts an issued Secret', () => {
  const app = new App();
  new KubeflowPlatform(app, 'kubeflow', { components: { certManager: {}, kubeflowNamespace: {}, trainingOperator: {} } });
  const team = new Chart(app, 'team', { namespace: 'team' });
  new NamespaceBaseline(team, 'team', { podSecurity: 'baseline' });
  new TrainingJob(team, 'train', {
    pytorch: { master: 1 },
    image: 'registry.example.com/train:1',
    resources: { gpu: Gpu.nvidia(1) },
  });
  declare(team, certManager.certificates, {
    metadata: { name: 'web' },
    spec: { secretName: 'web-tls', dnsNames: ['web.team.svc'], issuerRef: SELF_SIGNING },
  });
  declare(team, apps.deployments, {
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'registry.example.com/web:1',
              resources: { limits: { cpu: '1000m', memory: '0.5Gi' } },
              volumeMounts: [{ name: 'tls', mountPath: '/tls' }],
            },
          ],
          volumes: [{ name: 'tls', secret: { secretName: 'web-tls' } }],
        },
      },
    },
  });
  return app;
});
