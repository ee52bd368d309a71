import { App, Chart, Duration, Size } from 'cdk8s';
import { PersistentVolumeClaim, Secret } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import {
  Algorithm,
  core,
  EnvFrom,
  Existing,
  Gpu,
  HpoExperiment,
  KubeflowPlatform,
  type KubeflowPlatformProps,
  KubeObject,
  Model,
  ModelServer,
  Mount,
  Objective,
  Parameter,
  Queue,
  Runtime,
  runtimeDeclaration,
  TrainingJob,
  type TrainingJobProps,
  TrainingPolicy,
  TrainingRuntime,
  Trial,
  trainer,
} from '../../../lib';
import { assembled, errors, notes, teamChart, thrown } from '../../support/app';
import { GROUND } from '../../support/platform';
import { IMAGE as image, jobRefusal as refusal, jobYaml as yaml } from '../../support/training';
import { written } from '../../support/written';

const torch = Runtime.shipped('torch-distributed');
const tune = Runtime.shipped('torchtune-llama3.2-1b');

describe('TrainingJob with a runtime', () => {
  test('the simplest, with nothing that nobody asked for', () => {
    expect(written(yaml({ runtime: torch }))).toEqual({
      kind: 'TrainJob',
      spec: { runtimeRef: { name: 'torch-distributed' }, trainer: {} },
    });
  });

  test.each<[string, TrainingJobProps, object]>([
    [
      'of the cluster',
      { runtime: Runtime.existing('corporate', 'TrainingRuntime'), nodes: 2 },
      { spec: { runtimeRef: { name: 'corporate', kind: 'TrainingRuntime' }, trainer: { numNodes: 2 } } },
    ],
    [
      'everything',
      {
        runtime: torch,
        nodes: 4,
        processesPerNode: 8,
        image,
        command: ['torchrun'],
        args: ['train.py'],
        env: { STAGE: 'test', TOKEN: EnvFrom.secret('hub', 'token') },
        resources: { gpu: Gpu.nvidia(8) },
        activeDeadline: Duration.hours(2),
        suspend: true,
        managedBy: 'kueue.x-k8s.io/multikueue',
        queue: 'team-a',
        labels: { stage: 'test' },
        patches: { 'example.com/platform': { template: { spec: { replicatedJobs: [{ name: 'node' }] } } } },
        overrides: { activeDeadlineSeconds: 60 },
      },
      {
        labels: { stage: 'test', 'kueue.x-k8s.io/queue-name': 'team-a' },
        spec: {
          trainer: {
            image,
            command: ['torchrun'],
            args: ['train.py'],
            env: [
              { name: 'STAGE', value: 'test' },
              { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } },
            ],
            numNodes: 4,
            numProcPerNode: 8,
            resourcesPerNode: { limits: { 'nvidia.com/gpu': 8 } },
          },
          activeDeadlineSeconds: 60,
          suspend: true,
          managedBy: 'kueue.x-k8s.io/multikueue',
          runtimePatches: [
            {
              manager: 'example.com/platform',
              trainingRuntimeSpec: { template: { spec: { replicatedJobs: [{ name: 'node' }] } } },
            },
          ],
        },
      },
    ],
    [
      'initializers',
      {
        runtime: tune,
        initializer: {
          dataset: { uri: 'hf://owner/data' },
          model: { uri: 's3://bucket/model', credentials: 's3', serviceAccount: 'reader' },
        },
      },
      {
        spec: {
          runtimeRef: { name: 'torchtune-llama3.2-1b' },
          initializer: {
            dataset: { storageUri: 'hf://owner/data' },
            model: { storageUri: 's3://bucket/model', secretRef: { name: 's3' } },
          },
          runtimePatches: [
            {
              manager: 'trainer.kubeflow.org/cdk8s-kubeflow',
              trainingRuntimeSpec: {
                template: {
                  spec: {
                    replicatedJobs: [
                      { name: 'model-initializer', template: { spec: { template: { spec: { serviceAccountName: 'reader' } } } } },
                    ],
                  },
                },
              },
            },
          ],
        },
      },
    ],
    [
      'pods',
      {
        runtime: torch,
        podLabels: { cost: 'research' },
        podAnnotations: { 'sidecar.istio.io/inject': 'false' },
        serviceAccount: 'trainer',
        imagePullSecrets: ['registry'],
        nodeSelector: { pool: 'gpu' },
        tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
        mounts: { '/data': Mount.claim('datasets'), '/dev/shm': Mount.memory('shm', Size.gibibytes(8)) },
        security: { runAsUser: 1000 },
        podSecurity: { fsGroup: 100 },
        queue: Queue.of('team-a', { topology: { preferred: 'kubernetes.io/hostname' } }),
      },
      {
        labels: { 'kueue.x-k8s.io/queue-name': 'team-a' },
        spec: {
          runtimePatches: [
            {
              manager: 'trainer.kubeflow.org/cdk8s-kubeflow',
              trainingRuntimeSpec: {
                template: {
                  spec: {
                    replicatedJobs: [
                      {
                        name: 'node',
                        template: {
                          spec: {
                            template: {
                              metadata: {
                                labels: { cost: 'research' },
                                annotations: {
                                  'sidecar.istio.io/inject': 'false',
                                  'kueue.x-k8s.io/podset-preferred-topology': 'kubernetes.io/hostname',
                                },
                              },
                              spec: {
                                serviceAccountName: 'trainer',
                                imagePullSecrets: [{ name: 'registry' }],
                                nodeSelector: { pool: 'gpu' },
                                tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
                                securityContext: { fsGroup: 100 },
                                volumes: [
                                  { name: 'datasets', persistentVolumeClaim: { claimName: 'datasets' } },
                                  { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } },
                                ],
                                containers: [
                                  {
                                    name: 'node',
                                    volumeMounts: [
                                      { name: 'datasets', mountPath: '/data' },
                                      { name: 'shm', mountPath: '/dev/shm' },
                                    ],
                                    securityContext: { runAsUser: 1000 },
                                  },
                                ],
                              },
                            },
                          },
                        },
                      },
                    ],
                  },
                },
              },
            },
          ],
        },
      },
    ],
  ])('%s', (_title, props, told) => {
    expect(written(yaml(props))).toMatchObject(told);
  });

  test('patches the launcher and the nodes of MPI alike', () => {
    const { spec } = parse(yaml({ runtime: Runtime.shipped('deepspeed-distributed'), nodeSelector: { pool: 'gpu' } }));
    const [{ trainingRuntimeSpec: patch }] = spec.runtimePatches;
    expect(patch.template.spec.replicatedJobs.map(({ name }: { name: string }) => name)).toEqual(['launcher', 'node']);
  });

  test('cannot be told what patches do not carry', () => {
    // @ts-expect-error the runtime decides of priorities
    const props: TrainingJobProps = { runtime: torch, priorityClass: 'high' };
    expect(yaml(props)).not.toContain('high');
  });

  test('has its Secrets, ServiceAccounts and claims looked up', () => {
    const chart = teamChart();
    new TrainingJob(chart, 'job', {
      runtime: tune,
      env: { TOKEN: EnvFrom.secret('in-env', 'token') },
      initializer: { model: { uri: 'hf://a/b', credentials: 'in-model', serviceAccount: 'of-model' } },
      mounts: { '/data': Mount.claim('data') },
    });
    const missing = notes(assembled(chart)).join();
    for (const name of [
      'Secret team/in-env',
      'Secret team/in-model',
      'ServiceAccount team/of-model',
      'PersistentVolumeClaim team/data',
    ])
      expect(missing).toContain(`names ${name}, which nothing`);
    new Secret(chart, 'in-model', { metadata: { name: 'in-model' } });
    expect(notes(assembled(chart)).join()).not.toContain('in-model, which nothing');
  });
});

/** Props of a platform with the trainer. */
const withTrainer = (options: object = {}) => ({ components: { ...GROUND, trainer: options } });

describe('a runtime that is not there (trainer/missing-runtime)', () => {
  /** What is said of a job beside a platform. */
  function said(props: KubeflowPlatformProps, runtime: Runtime, declare: (team: Chart) => void = () => {}): string[] {
    const app = new App();
    const team = new Chart(app, 'team', { namespace: 'team' });
    declare(team);
    new TrainingJob(team, 'job', { runtime });
    new KubeflowPlatform(app, 'kubeflow', props);
    return errors(assembled(app));
  }

  test('is told when the platform has no trainer, or leaves the runtime out', () => {
    expect(said({ components: GROUND }, torch)).toEqual([
      'team/job: there is no ClusterTrainingRuntime torch-distributed; install the trainer (components.trainer = {}), or declare it as existing',
    ]);
    expect(said(withTrainer({ without: ['torch-distributed'] }), torch)).toEqual([
      expect.stringContaining('there is no ClusterTrainingRuntime torch-distributed; there are deepspeed-distributed'),
    ]);
  });

  test('is not told when there is one, or when the cluster has it', () => {
    expect(said(withTrainer(), torch)).toEqual([]);
    const existing = { objects: [Existing.object(trainer.clustertrainingruntimes, 'torch-distributed')] };
    expect(said({ components: GROUND, existing }, torch)).toEqual([]);
    expect(said({ components: GROUND }, Runtime.existing('corporate'))).toEqual([]);
  });

  test('is told of a namespaced one in another namespace, and of a job outside of any app with a platform not', () => {
    const chart = teamChart();
    const runtime = new TrainingRuntime(chart, 'own', { image, policy: TrainingPolicy.torch() });
    const other = new Chart(chart.node.root as App, 'other', { namespace: 'other' });
    expect(thrown(() => new TrainingJob(other, 'job', { runtime: Runtime.of(runtime) })).message).toBe(
      'other/job: the runtime own is for jobs in team, not in other; take a ClusterTrainingRuntime, or declare one in other (trainer/runtime-of-another-namespace)',
    );
    new TrainingJob(chart, 'job', { runtime: Runtime.of(runtime) });
    expect(errors(assembled(chart))).toEqual([]);
  });
});

describe('a job below a platform', () => {
  test('and a trial there, too, has a runtime', () => {
    const app = new App();
    const platform = new KubeflowPlatform(app, 'kubeflow', { components: GROUND });
    const team = new Chart(platform, 'team', { namespace: 'team' });
    new TrainingJob(team, 'job', { runtime: torch });
    const rate = Parameter.double('rate', { min: 0, max: 1 });
    new HpoExperiment(team, 'search', {
      objective: Objective.maximize('accuracy'),
      algorithm: Algorithm.random(),
      parameters: [rate],
      maxTrialCount: 12,
      trial: Trial.trainingJob({ runtime: torch, args: [`--rate=${rate}`] }),
    });
    const missing = errors(assembled(app)).filter((line) => line.includes('ClusterTrainingRuntime torch-distributed'));
    expect(missing).toEqual([
      expect.stringContaining('kubeflow/team/search/Trial: there is no ClusterTrainingRuntime torch-distributed'),
      expect.stringContaining('spec.runtimeRef names ClusterTrainingRuntime torch-distributed'),
    ]);
  });

  test('waits for the runtime of its namespace', () => {
    const app = new App();
    const platform = new KubeflowPlatform(app, 'kubeflow', {
      components: { ...GROUND, trainer: {} },
      existing: { objects: [Existing.namespace('team')] },
    });
    const team = new Chart(platform, 'team', { namespace: 'team' });
    const own = new TrainingRuntime(team, 'own', { image });
    new TrainingJob(team, 'job', { runtime: Runtime.of(own) });
    const { plan } = assembled(app);
    expect(plan.gates.filter(({ object }) => object.kind === 'TrainJob').map(({ waitsFor }) => waitsFor.kind)).toContain(
      'TrainingRuntime',
    );
  });

  test('takes a runtime that the trainer installs', () => {
    const app = new App();
    const runtimes = { own: runtimeDeclaration({ image, policy: TrainingPolicy.torch() }) };
    const { components } = withTrainer({ runtimes });
    new KubeflowPlatform(app, 'kubeflow', { components });
    const team = new Chart(app, 'team', { namespace: 'team' });
    new TrainingJob(team, 'job', { runtime: Runtime.existing('own') });
    expect(errors(assembled(app))).toEqual([]);
  });
});

describe('what a job writes', () => {
  test('is handed to a server: from the claim of the job, or from one that is mounted', () => {
    const chart = teamChart();
    const claim = new PersistentVolumeClaim(chart, 'models', { metadata: { name: 'models' } });
    const tuning = new TrainingJob(chart, 'support', {
      runtime: tune,
      mounts: { '/keep': Mount.claim(claim, { subPath: 'team' }) },
    });
    expect(tuning.output().uri).toBe('pvc://initializer-support/output');
    expect(tuning.output('epoch_0').uri).toBe('pvc://initializer-support/output/epoch_0');
    expect(tuning.output('/workspace/output/epoch_1').uri).toBe('pvc://initializer-support/output/epoch_1');
    expect(tuning.output('/keep/final').uri).toBe('pvc://models/team/final');
    const nested = { '/models': Mount.claim('all'), '/models/final': Mount.claim('final'), '/models/final/x': Mount.empty('x') };
    const several = new TrainingJob(chart, 'several', { runtime: torch, mounts: nested });
    expect([several.output('/models/v1').uri, several.output('/models/final/v1').uri]).toEqual([
      'pvc://all/v1',
      'pvc://final/v1',
    ]);
    const job = new TrainingJob(chart, 'churn', {
      image,
      jax: { worker: { replicas: 1, mounts: { '/models/': Mount.claim(claim) } } },
    });
    expect(job.output('/models/').uri).toBe('pvc://models');
    const server = new ModelServer(chart, 'churn-risk', { model: Model.xgboost(job.output('/models/churn')) });
    expect(server.spec.predictor.model?.storageUri).toBe('pvc://models/churn');
  });

  test('is refused when it would be gone with the pods', () => {
    const chart = teamChart();
    const mounts = { '/tmp': Mount.empty('tmp'), '/models': Mount.claim('models') };
    const job = new TrainingJob(chart, 'job', { runtime: torch, mounts });
    expect(thrown(() => job.output('/modelsandmore')).message).toBe(
      'team/job: nothing that outlives the pods is mounted at /modelsandmore; claims are at /models',
    );
    expect(thrown(() => job.output('/tmp/x')).message).toContain('nothing that outlives the pods');
    expect(thrown(() => job.output()).message).toBe(
      'team/job: where the job writes to is not known; give the absolute path in its containers',
    );
  });
});

describe('limits that the schema of TrainJobs sets', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`);
  const variables = (count: number) => Object.fromEntries(many(count).map((name) => [name, 'x']));
  const patches = (count: number) => Object.fromEntries(many(count).map((name) => [`${name}.example.com/x`, {}]));
  const model = (uri: string) => ({ runtime: tune, initializer: { model: { uri } } });

  test.each<[string, TrainingJobProps, TrainingJobProps]>([
    ['image', { runtime: torch, image: 'a'.repeat(501) }, { runtime: torch, image: 'a'.repeat(500) }],
    ['command', { runtime: torch, command: many(129) }, { runtime: torch, command: many(128) }],
    ['args', { runtime: torch, args: many(129) }, { runtime: torch, args: many(128) }],
    ['env', { runtime: torch, env: variables(129) }, { runtime: torch, env: variables(128) }],
    ['storageUri', model('a'.repeat(2049)), model('a'.repeat(2048))],
    ['runtimePatches', { runtime: torch, patches: patches(17) }, { runtime: torch, patches: patches(16) }],
    [
      'activeDeadlineSeconds',
      { runtime: torch, activeDeadline: Duration.seconds(0) },
      { runtime: torch, activeDeadline: Duration.seconds(1) },
    ],
  ])('%s', (field, refused, accepted) => {
    expect(errors(assembled(new TrainingJob(teamChart(), 'job', refused))).join()).toContain(field);
    yaml(accepted);
  });
});

describe('patches', () => {
  test('stand beside what is said of the pods, under other names', () => {
    const podLabels = { cost: 'research' };
    expect(yaml({ runtime: torch, podLabels, patches: { 'example.com/platform': {} } })).toContain(
      'manager: example.com/platform',
    );
    expect(refusal({ runtime: torch, podLabels, patches: { 'trainer.kubeflow.org/cdk8s-kubeflow': {} } })).toContain(
      'is the name of what options say of pods',
    );
  });
});

describe('in a platform', () => {
  test('a job names what is there', () => {
    const app = new App();
    const platform = new KubeflowPlatform(app, 'kubeflow', {
      components: { ...GROUND, trainer: {} },
      existing: { objects: [Existing.namespace('team'), Existing.object(core.serviceaccounts, 'trainer', 'team')] },
    });
    const team = new Chart(platform, 'team', { namespace: 'team' });
    new KubeObject(team, 'hub', core.secrets, { metadata: { name: 'hub' } });
    new TrainingJob(team, 'job', { runtime: torch, serviceAccount: 'trainer', env: { TOKEN: EnvFrom.secret('hub', 'token') } });
    expect(errors(assembled(app))).toEqual([]);
    new TrainingJob(team, 'other', { runtime: torch, serviceAccount: 'nobody' });
    expect(errors(assembled(app))).toEqual([expect.stringContaining('names ServiceAccount team/nobody')]);
  });
});
