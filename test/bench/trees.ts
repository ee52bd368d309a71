import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { App, Chart } from 'cdk8s';
import {
  Algorithm,
  apps,
  Credentials,
  core,
  Definition,
  Existing,
  HpoExperiment,
  Kind,
  KubeflowPlatform,
  KubeObject,
  kubeflow,
  Model,
  ModelServer,
  Objective,
  Parameter,
  Runtime,
  SqlDatabase,
  serving,
  TrainingJob,
  TrainingOperator,
  Trial,
  training,
  tuning,
  World,
} from '../../lib';
import { Pool } from '../../lib/core/schemas/pool';
import { upstreamExample } from '../conformance/stack';

const POOL = kubeflow.pytorchjobs.schemas as string;

/** Reads the schemas of every kind of the release. */
export function readPool(): void {
  for (const group of groups()) Pool.at(POOL).file(group);
}

/** The platform of the release, and the definitions of the release that its components leave out. */
export function release(): App {
  const app = upstreamExample();
  const chart = new Chart(app, 'other-definitions');
  const installed = new Set(app.node.findAll().flatMap((construct) => (construct instanceof Definition ? [construct.name] : [])));
  for (const group of groups()) {
    for (const { kind, version, plural, scope, definition } of Pool.at(POOL).kinds(group)) {
      if (!definition || installed.has(definition)) continue;
      installed.add(definition);
      new Definition(chart, definition, new Kind(group, version, kind, plural, scope, POOL));
    }
  }
  return app;
}

/** API groups of the release, by the files of the pool. */
function groups(): string[] {
  return readdirSync(POOL).map((file) => basename(file, '.json'));
}

/** The Training Operator, and teams with a service and a training job: a chart and a namespace each, five objects. */
export function teams(count: number): App {
  const app = new App();
  World.declare(app, Existing.namespace('kubeflow'));
  new TrainingOperator(app, 'training-operator');
  for (let number = 0; number < count; number++) team(app, `team-${number}`);
  return app;
}

function team(app: App, namespace: string): void {
  const chart = new Chart(app, namespace, { namespace });
  World.declare(chart, Existing.namespace(namespace));
  const labels = { 'app.kubernetes.io/name': 'web' };
  new KubeObject(chart, 'account', core.serviceaccounts, { metadata: { name: 'web', labels } });
  new KubeObject(chart, 'settings', core.configmaps, {
    metadata: { name: 'web', labels },
    data: { LOG_LEVEL: 'info', 'settings.yaml': 'cache: redis:7.2\nlisten: 0.0.0.0:8080\nretries: 3\n' },
  });
  new KubeObject(chart, 'service', core.services, {
    metadata: { name: 'web', labels },
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  });
  new KubeObject(chart, 'deployment', apps.deployments, {
    metadata: { name: 'web', labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'web',
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'web',
              image: `registry.example.com/${namespace}/web:1.4.2`,
              args: ['--config=/etc/web/settings.yaml', '--shutdown-after=30s'],
              env: [{ name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: { name: 'web', key: 'LOG_LEVEL' } } }],
              ports: [{ name: 'http', containerPort: 8080 }],
              readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
              resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
              volumeMounts: [{ name: 'settings', mountPath: '/etc/web', readOnly: true }],
            },
          ],
          volumes: [{ name: 'settings', configMap: { name: 'web' } }],
        },
      },
    },
  });
  new TrainingJob(chart, 'training', {
    pytorch: { master: 1, worker: 3 },
    image: `registry.example.com/${namespace}/train:1.4.2`,
  });
}

/** A platform, and tenants as users have them: a chart and a namespace each, with jobs of both kinds, a server and a search; six objects. */
export function tenants(count: number): App {
  const app = new App();
  new KubeflowPlatform(app, 'kubeflow', {
    components: {
      ...serving(),
      ...training(),
      ...tuning({ database: SqlDatabase.bundledMySql({ credentials: Credentials.existing('katib-database') }) }),
    },
  });
  for (let number = 0; number < count; number++) tenant(app, `tenant-${number}`);
  return app;
}

function tenant(app: App, namespace: string): void {
  const chart = new Chart(app, namespace, { namespace });
  const labels = { 'katib.kubeflow.org/metrics-collector-injection': 'enabled' };
  new KubeObject(chart, 'namespace', core.namespaces, { metadata: { name: namespace, labels } });
  new KubeObject(chart, 'settings', core.configmaps, { metadata: { name: 'settings' }, data: { team: namespace } });
  const image = `registry.example.com/${namespace}/train:1.4.2`;
  new TrainingJob(chart, 'resnet', { pytorch: { master: 1, worker: 3 }, image });
  new TrainingJob(chart, 'llama', { runtime: Runtime.shipped('torch-distributed'), image });
  new ModelServer(chart, 'iris', { model: Model.sklearn('s3://models/iris') });
  const learningRate = Parameter.double('learning-rate', { min: 0.001, max: 0.1 });
  new HpoExperiment(chart, 'search', {
    objective: Objective.maximize('accuracy', { goal: 0.97 }),
    algorithm: Algorithm.random(),
    parameters: [learningRate],
    parallelTrialCount: 3,
    maxTrialCount: 12,
    maxFailedTrialCount: 3,
    trial: Trial.trainingJob({
      runtime: Runtime.shipped('torch-distributed'),
      image,
      command: ['torchrun', 'train.py', `--lr=${learningRate}`],
    }),
  });
}
