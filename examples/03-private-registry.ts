// Serving, training and tuning from a private registry, on nodes that are kept for the platform.
import { App } from 'cdk8s';
import { Credentials, core, Existing, KubeflowPlatform, SqlDatabase, serving, synth, training, tuning } from 'cdk8s-kubeflow';

const app = new App();

new KubeflowPlatform(app, 'kubeflow', {
  components: {
    ...serving(),
    ...training(),
    ...tuning({
      database: SqlDatabase.externalMySql({
        host: 'mysql.databases.svc',
        user: 'katib',
        credentials: Credentials.existing('katib-database'),
      }),
    }),
  },
  images: {
    registry: 'registry.example.com/kubeflow',
    overrides: { 'quay.io/jetstack/cert-manager-webhook': 'registry.example.com/patched/cert-manager-webhook:v1.20.2-1' },
    pullSecrets: ['registry-example-com'],
  },
  workloads: {
    nodeSelector: { 'example.com/pool': 'platform' },
    tolerations: [{ key: 'example.com/platform', operator: 'Exists', effect: 'NoSchedule' }],
    priorityClassName: 'system-cluster-critical',
  },
  existing: { objects: [Existing.object(core.secrets, 'registry-example-com', '*')] },
});

synth(app);
