import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import {
  Algorithm,
  ClusterServingRuntime,
  HpoExperiment,
  Katib,
  Knative,
  KServe,
  KubeflowPlatform,
  Model,
  ModelServer,
  Runtime,
  runtimeDeclaration,
  Trainer,
  TrainingJob,
  TrainingPolicy,
  toYaml,
} from '../../lib';
import { DATABASE } from '../components/katib/support';
import { assembled, errors } from '../support/app';
import { GROUND } from '../support/platform';
import { least } from '../workloads/tuning/support';

type Declare = (app: App) => void;

const image = 'ghcr.io/my-org/train:1.0';
const own = 'ghcr.io/my-org/suggest:1';
const chart = (app: App, name: string) => new Chart(app, name, { namespace: 'team' });

/** What stands beside whoever offers what it asks for. */
const WORKLOADS: readonly Declare[] = [
  (app) => new ModelServer(chart(app, 'server'), 'net', { model: Model.sklearn('s3://b/m') }),
  (app) => new ModelServer(chart(app, 'own-server'), 'own', { model: Model.of('mine', 's3://b/m') }),
  (app) =>
    new ClusterServingRuntime(chart(app, 'runtime'), 'mine', {
      supportedModelFormats: [{ name: 'mine', version: '1', autoSelect: true, priority: 1 }],
      protocolVersions: ['v1'],
      containers: [{ name: 'kserve-container', image }],
    }),
  (app) => new HpoExperiment(chart(app, 'experiment'), 'search', { ...least, algorithm: Algorithm.named('own') }),
  (app) => new TrainingJob(chart(app, 'job'), 'job', { runtime: Runtime.existing('own') }),
  (app) => new TrainingJob(chart(app, 'pytorch'), 'job', { image, pytorch: { master: 1 } }),
];

const OFFERS: Readonly<Record<string, readonly Declare[]>> = {
  'a platform': [
    (app) =>
      new KubeflowPlatform(app, 'kubeflow', {
        components: {
          ...GROUND,
          katib: { database: DATABASE, algorithms: { own: { image: own } } },
          kserve: {},
          trainer: { runtimes: { own: runtimeDeclaration({ image, policy: TrainingPolicy.torch() }) } },
          trainingOperator: {},
        },
      }),
  ],
  'what the cluster has': [
    (app) => KServe.existing(chart(app, 'kserve'), { deploymentMode: 'Standard' }),
    (app) => Knative.existing(chart(app, 'knative'), { features: ['nodeselector'] }),
    (app) => Katib.existing(chart(app, 'katib'), { algorithms: ['own'] }),
    (app) => Trainer.existing(chart(app, 'trainer'), { runtimes: ['own'] }),
  ],
};

/** What comes out of declarations in an order: objects, as a set, or why it is refused. */
function outcome(declarations: readonly Declare[]): string {
  const app = new App();
  try {
    for (const declare of declarations) declare(app);
  } catch (error) {
    return (error as Error).message;
  }
  const assembly = assembled(app);
  return [...errors(assembly).map((error) => `!${error}`), ...assembly.model.manifests.map((manifest) => toYaml(manifest))]
    .sort()
    .join('---\n');
}

test.each(Object.entries(OFFERS))('%s and workloads come out alike in any order, or say what to declare first', (_, offers) => {
  const declarations = [...offers, ...WORKLOADS];
  const expected = outcome([...offers, ...WORKLOADS.slice(2, 3), ...WORKLOADS.slice(0, 2), ...WORKLOADS.slice(3)]);
  expect(expected).toMatch(/^apiVersion: /);
  fc.assert(
    fc.property(fc.shuffledSubarray([...declarations], { minLength: declarations.length }), (order) => {
      const found = outcome(order);
      if (found !== expected)
        expect(found).toMatch(/^[^\n]*(declare \S+ first|declare that before|declared before its servers)[^\n]*$/);
    }),
    { numRuns: 30 },
  );
});
