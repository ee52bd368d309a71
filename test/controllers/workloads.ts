import { App, Chart, Size } from 'cdk8s';
import {
  Algorithm,
  Credentials,
  HpoExperiment,
  type KubeflowComponents,
  KubeflowPlatform,
  MetricsCollector,
  Model,
  ModelServer,
  NamespaceBaseline,
  Objective,
  Parameter,
  Runtime,
  SqlDatabase,
  serving,
  TrainingJob,
  Trial,
  training,
  tuning,
} from 'cdk8s-kubeflow';

/** The namespace of the workloads. */
export const TEAM = 'team';

export const TRIALS = 2;

const IMAGE = 'registry.example.com/train:1';

/** The parts of the platform whose programs are built. */
export interface Parts {
  /** The Training Operator. */
  readonly operator: boolean;
  /** cert-manager, and so what has its certificates from it. */
  readonly certificates: boolean;
  readonly tuning: boolean;
  readonly serving: boolean;
}

/** The components of the laptop's platform, as far as their programs are built. */
function components(parts: Parts): KubeflowComponents {
  const { certManager, trainingOperator, ...alone } = training();
  return {
    ...alone,
    ...(parts.operator && { trainingOperator }),
    ...(parts.certificates && { certManager }),
    ...(parts.tuning &&
      tuning({ database: SqlDatabase.bundledMySql({ credentials: Credentials.development(), size: Size.gibibytes(1) }) })),
    ...(parts.serving && serving()),
  };
}

/** A platform, and one workload of each kind in the namespace of a team. */
export function platformWithWorkloads(parts: Parts): App {
  const app = new App();
  new KubeflowPlatform(app, 'kubeflow', { components: components(parts) });
  const team = new Chart(app, 'team', { namespace: TEAM });
  new NamespaceBaseline(team, TEAM, {
    podSecurity: 'baseline',
    labels: { 'katib.kubeflow.org/metrics-collector-injection': 'enabled' },
  });
  new TrainingJob(team, 'torch', { runtime: Runtime.shipped('torch-distributed'), image: IMAGE, nodes: 2 });
  if (parts.operator) operatorJobs(team);
  if (parts.tuning) experiment(team);
  if (parts.serving) new ModelServer(team, 'iris', { model: Model.sklearn('s3://models/iris'), deploymentMode: 'Standard' });
  return app;
}

function operatorJobs(team: Chart): void {
  const image = IMAGE;
  new TrainingJob(team, 'pytorch', { image, pytorch: { master: 1, worker: 1 } });
  new TrainingJob(team, 'tensorflow', { image, tensorflow: { worker: 2 } });
  new TrainingJob(team, 'xgboost', { image, xgboost: { master: 1, worker: 1 } });
  new TrainingJob(team, 'paddle', { image, paddle: { worker: 2 } });
  new TrainingJob(team, 'jax', { image, jax: { worker: 2 } });
  const launcher = { replicas: 1, command: ['mpirun', 'python', 'train.py'] } as const;
  new TrainingJob(team, 'mpi', { image, mpi: { launcher, worker: 1 } });
}

/** Its trials report their metric themselves, which the test plays. */
function experiment(team: Chart): void {
  const rate = Parameter.double('rate', { min: 0.1, max: 0.9 });
  new HpoExperiment(team, 'search', {
    objective: Objective.maximize('accuracy'),
    algorithm: Algorithm.sobol(),
    parameters: [rate],
    metrics: MetricsCollector.push(),
    maxTrialCount: TRIALS,
    parallelTrialCount: 1,
    trial: Trial.job({ image: IMAGE, command: ['train', `--rate=${rate}`] }),
  });
}
