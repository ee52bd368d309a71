import { Duration, Size } from 'cdk8s';
import { parse } from 'yaml';
import {
  ClusterTrainingRuntime,
  GangScheduling,
  Gpu,
  JobClaim,
  Mount,
  RUNTIMES,
  Runtime,
  type RuntimeDeclaration,
  type RuntimeOptions,
  stepLabels,
  TrainingJob,
  TrainingPolicy,
  TrainingRuntime,
  type TrainingRuntimeProps,
  toYaml,
  type trainer,
} from '../../../lib';
import { RUNTIME_RULES as trainingRuntimeRules } from '../../../lib/components/trainer/runtime-rules';
import { assembled, errors, teamChart, thrown } from '../../support/app';
import { IMAGE as image } from '../../support/training';
import { written } from '../../support/written';

/** The YAML of a runtime, which has to be what its schema says. */
function yaml(props: TrainingRuntimeProps): string {
  const assembly = assembled(new TrainingRuntime(teamChart(), 'own', props));
  expect(errors(assembly)).toEqual([]);
  return toYaml(assembly.model.manifests[0]);
}

function refusal(props: TrainingRuntimeProps): string {
  return thrown(() => new TrainingRuntime(teamChart(), 'own', props)).message;
}

describe('TrainingRuntime', () => {
  test('the simplest, with nothing that nobody asked for', () => {
    expect(written(yaml({ image }))).toEqual({
      kind: 'TrainingRuntime',
      spec: {
        mlPolicy: { numNodes: 1 },
        template: {
          spec: {
            replicatedJobs: [
              {
                name: 'node',
                template: {
                  metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
                  spec: { template: { spec: { containers: [{ name: 'node', image }] } } },
                },
              },
            ],
          },
        },
      },
    });
  });

  test.each<[string, RuntimeOptions, object]>([
    [
      'torch',
      { image, policy: TrainingPolicy.torch(), nodes: 2, resources: { gpu: Gpu.nvidia(8) }, deprecated: true },
      {
        labels: { 'trainer.kubeflow.org/framework': 'torch', 'trainer.kubeflow.org/support': 'deprecated' },
        spec: {
          mlPolicy: { numNodes: 2, torch: {} },
          template: {
            spec: {
              replicatedJobs: [
                {
                  name: 'node',
                  template: {
                    metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
                    spec: {
                      template: {
                        spec: { containers: [{ name: 'node', image, resources: { limits: { 'nvidia.com/gpu': 8 } } }] },
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
    [
      'mpi',
      {
        image,
        policy: TrainingPolicy.mpi({
          processesPerNode: 8,
          sshAuthMountPath: '/home/mpiuser/.ssh',
          launcherAsNode: true,
          node: { command: ['/usr/sbin/sshd', '-De'] },
        }),
        security: { runAsUser: 1000 },
      },
      {
        labels: { 'trainer.kubeflow.org/framework': 'mpi' },
        spec: {
          mlPolicy: { mpi: { numProcPerNode: 8, sshAuthMountPath: '/home/mpiuser/.ssh', runLauncherAsNode: true } },
          template: {
            spec: {
              successPolicy: { operator: 'All', targetReplicatedJobs: ['launcher'] },
              replicatedJobs: [
                {
                  name: 'launcher',
                  template: {
                    metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
                    spec: { template: { spec: { containers: [{ name: 'node', image, securityContext: { runAsUser: 1000 } }] } } },
                  },
                },
                {
                  name: 'node',
                  template: {
                    spec: {
                      template: {
                        spec: {
                          containers: [
                            { name: 'node', image, command: ['/usr/sbin/sshd', '-De'], securityContext: { runAsUser: 1000 } },
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
    [
      'initializers and a claim',
      {
        image,
        framework: 'torchtune',
        policy: TrainingPolicy.torch(),
        initializers: { dataset: { uri: 'hf://owner/data' }, model: { image: 'ghcr.io/my-org/load:1', env: { CACHE: '/tmp' } } },
        claims: { '/workspace': JobClaim.of('workspace', { size: Size.gibibytes(20), storageClass: 'fast', retain: true }) },
        mounts: { '/data': Mount.claim('datasets', { readOnly: true }) },
      },
      {
        labels: { 'trainer.kubeflow.org/framework': 'torchtune' },
        spec: {
          mlPolicy: { torch: {} },
          template: {
            spec: {
              volumeClaimPolicies: [
                {
                  retentionPolicy: { whenDeleted: 'Retain' },
                  templates: [
                    {
                      metadata: { name: 'workspace' },
                      spec: {
                        accessModes: ['ReadWriteOnce'],
                        storageClassName: 'fast',
                        resources: { requests: { storage: '20Gi' } },
                      },
                    },
                  ],
                },
              ],
              replicatedJobs: [
                {
                  name: 'dataset-initializer',
                  template: {
                    metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'dataset-initializer' } },
                    spec: {
                      template: {
                        spec: {
                          containers: [
                            {
                              name: 'dataset-initializer',
                              image: 'ghcr.io/kubeflow/trainer/dataset-initializer:v2.2.0',
                              env: [{ name: 'STORAGE_URI', value: 'hf://owner/data' }],
                              volumeMounts: [{ name: 'workspace', mountPath: '/workspace' }],
                            },
                          ],
                        },
                      },
                    },
                  },
                },
                {
                  name: 'model-initializer',
                  template: {
                    metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'model-initializer' } },
                    spec: {
                      template: {
                        spec: {
                          containers: [
                            {
                              name: 'model-initializer',
                              image: 'ghcr.io/my-org/load:1',
                              env: [{ name: 'CACHE', value: '/tmp' }],
                              volumeMounts: [{ name: 'workspace', mountPath: '/workspace' }],
                            },
                          ],
                        },
                      },
                    },
                  },
                },
                {
                  name: 'node',
                  template: {
                    metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
                    spec: {
                      template: {
                        spec: {
                          containers: [
                            {
                              name: 'node',
                              image,
                              volumeMounts: [
                                { name: 'datasets', mountPath: '/data', readOnly: true },
                                { name: 'workspace', mountPath: '/workspace' },
                              ],
                            },
                          ],
                          volumes: [{ name: 'datasets', persistentVolumeClaim: { claimName: 'datasets' } }],
                        },
                      },
                    },
                  },
                  dependsOn: [
                    { name: 'dataset-initializer', status: 'Complete' },
                    { name: 'model-initializer', status: 'Complete' },
                  ],
                },
              ],
            },
          },
        },
      },
    ],
    [
      'gang',
      {
        image,
        policy: TrainingPolicy.flux({ processesPerNode: 4 }),
        gang: GangScheduling.volcano({ queue: 'nightly', topology: { mode: 'hard', highestTier: 2 } }),
        overrides: { template: { spec: { failurePolicy: { maxRestarts: 3 } } } },
      },
      {
        labels: { 'trainer.kubeflow.org/framework': 'flux' },
        spec: {
          mlPolicy: { flux: { numProcPerNode: 4 } },
          podGroupPolicy: { volcano: { networkTopology: { mode: 'hard', highestTierAllowed: 2 } } },
          template: {
            metadata: { annotations: { 'scheduling.volcano.sh/queue-name': 'nightly' } },
            spec: {
              replicatedJobs: [
                {
                  name: 'node',
                  template: {
                    metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
                    spec: { template: { spec: { schedulerName: 'volcano', containers: [{ name: 'node', image }] } } },
                  },
                },
              ],
              failurePolicy: { maxRestarts: 3 },
            },
          },
        },
      },
    ],
  ])('%s', (_title, props, told) => {
    expect(written(yaml(props))).toMatchObject(told);
  });

  test('is for its namespace, or for all of them', () => {
    const chart = teamChart();
    const own = new TrainingRuntime(chart, 'own', { image });
    const everybodys = new ClusterTrainingRuntime(chart, 'everybodys', { image });
    expect([own.namespace, everybodys.namespace]).toEqual(['team', undefined]);
    new TrainingJob(chart, 'first', { runtime: Runtime.of(own) });
    new TrainingJob(chart, 'second', { runtime: Runtime.of(everybodys) });
    const jobs = assembled(chart).model.manifests.filter(({ kind }) => kind === 'TrainJob');
    expect(jobs.map(({ spec }) => (spec as trainer.TrainJobSpec).runtimeRef)).toEqual([
      { name: 'own', kind: 'TrainingRuntime' },
      { name: 'everybodys' },
    ]);
    expect(errors(assembled(chart))).toEqual([]);
  });

  test('starts pods together by the plugin coscheduling, under the scheduler that is named', () => {
    const gang = GangScheduling.coscheduling({ timeout: Duration.minutes(5) });
    const { spec } = parse(yaml({ image, gang, scheduler: 'scheduler-plugins-scheduler' }));
    expect(spec.podGroupPolicy).toEqual({ coscheduling: { scheduleTimeoutSeconds: 300 } });
    expect(spec.template.spec.replicatedJobs[0].template.spec.template.spec.schedulerName).toBe('scheduler-plugins-scheduler');
  });

  test('has a name of its own, labels and annotations; overrides leave what options say', () => {
    const chart = teamChart();
    const containers = [{ name: 'node', resources: { limits: { 'example.com/x': 1 } } }];
    const replicatedJobs = [{ name: 'node', template: { spec: { template: { spec: { containers } } } } }];
    const runtime = new TrainingRuntime(chart, 'own', {
      name: 'team-torch',
      labels: { a: 'b' },
      annotations: { c: 'd' },
      policy: TrainingPolicy.torch(),
      image,
      sidecars: [{ name: 'side', image }],
      resources: { cpu: 4, memory: '16Gi' },
      overrides: { template: { spec: { replicatedJobs } } },
    });
    expect(runtime.name).toBe('team-torch');
    const [object] = assembled(chart).model.manifests;
    expect(object?.metadata).toMatchObject({
      name: 'team-torch',
      labels: { a: 'b', 'trainer.kubeflow.org/framework': 'torch' },
      annotations: { c: 'd' },
    });
    expect(runtime.shape.trainer).toEqual({
      name: 'node',
      image,
      resources: { requests: { cpu: '4', memory: '16Gi' }, limits: { cpu: '4', memory: '16Gi', 'example.com/x': 1 } },
    });
    expect(runtime.shape.initContainers).toEqual({ node: ['side'] });
  });

  test('is a spec as the API takes it, too', () => {
    const { metadata, spec } = parse(yaml(RUNTIMES['jax-distributed']));
    expect(metadata.labels).toEqual({ 'trainer.kubeflow.org/framework': 'jax' });
    expect(spec).toEqual(RUNTIMES['jax-distributed'].spec);
  });

  test('knows its steps, containers and claims', () => {
    const chart = teamChart();
    const { shape } = new ClusterTrainingRuntime(chart, 'tune', RUNTIMES['torchtune-llama3.2-1b']);
    expect(shape).toMatchObject({
      framework: 'torchtune',
      policy: 'torch',
      nodes: 1,
      steps: ['dataset-initializer', 'model-initializer', 'trainer'],
      trainers: ['node'],
      claims: [{ name: 'initializer', singleNode: true }],
    });
    const mpi = new ClusterTrainingRuntime(chart, 'mpi', RUNTIMES['deepspeed-distributed']);
    expect(mpi.shape).toMatchObject({
      steps: ['trainer'],
      containers: { launcher: ['node'], node: ['node'] },
      trainers: ['launcher', 'node'],
      launcherAsNode: true,
    });
  });

  test("holds jobs that say no number of nodes against the runtime's", () => {
    const claims = { '/data': JobClaim.of('data', { size: Size.gibibytes(1) }) };
    const chart = teamChart();
    const runtime = new TrainingRuntime(chart, 'own', { image, policy: TrainingPolicy.torch(), nodes: 2, claims });
    expect(thrown(() => new TrainingJob(chart, 'job', { runtime: Runtime.of(runtime) })).message).toContain(
      '2 nodes cannot mount the claim data of own, which only one node can at a time; take one node (trainer/single-node-claim)',
    );
    new TrainingJob(chart, 'job-of-one', { runtime: Runtime.of(runtime), nodes: 1 });
    expect(thrown(() => new TrainingJob(chart, 'a'.repeat(60), { runtime: Runtime.of(runtime), nodes: 1 })).message).toContain(
      'with the pods of node it has at most 48',
    );
    const named = { '/data': JobClaim.of('a-claim-with-a-long-name', { size: Size.gibibytes(1) }) };
    const long = new TrainingRuntime(chart, 'long', { image, claims: named });
    expect(thrown(() => new TrainingJob(chart, 'a'.repeat(40), { runtime: Runtime.of(long) })).message).toContain(
      'with the claim a-claim-with-a-long-name it has at most 38',
    );
  });
});

type JobSetSpec = NonNullable<NonNullable<trainer.ClusterTrainingRuntimeSpec['template']>['spec']>;
type ReplicatedJob = NonNullable<JobSetSpec['replicatedJobs']>[number];

const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce' as const] } };

/** A job with one container, that does a step or none. */
function job(name: string, more: Partial<ReplicatedJob> = {}, pod: object = {}, step = false): ReplicatedJob {
  const spec = { template: { spec: { containers: [{ name: 'node', image }], ...pod } } };
  return { name, template: { ...(step && { metadata: { labels: stepLabels('trainer') } }), spec }, ...more };
}

/** A runtime with some jobs, and what its JobSet is told beside. */
function jobs(replicatedJobs: ReplicatedJob[], more: Partial<JobSetSpec> = {}): RuntimeDeclaration {
  return { spec: { template: { spec: { ...more, replicatedJobs } } } };
}

const mounting = { containers: [{ name: 'node', image, volumeMounts: [{ name: 'data', mountPath: '/data' }] }] };
const after = (name: string) => ({ dependsOn: [{ name, status: 'Complete' as const }] });
const failing = (...rules: object[]) => jobs([job('node')], { failurePolicy: { rules: rules as never } });
const rule = { name: 'first', action: 'FailJobSet' };

/** Both sides of every rule. */
const SIDES: Readonly<Record<string, readonly [refused: TrainingRuntimeProps, words: string, accepted: TrainingRuntimeProps]>> = {
  'trainer/incomplete-mpi': [
    {
      spec: {
        mlPolicy: { numNodes: 2, mpi: { runLauncherAsNode: true } },
        template: { spec: { replicatedJobs: [job('node')] } },
      },
    },
    'a launcher that is one of 2 nodes needs the jobs launcher and node; launcher is missing',
    { image, nodes: 2, policy: TrainingPolicy.mpi({ launcherAsNode: true }) },
  ],
  'trainer/no-flux-processes': [
    { image, policy: TrainingPolicy.flux({ processesPerNode: 0 }) },
    'flux starts 0 processes on each node, must be at least 1',
    { image, policy: TrainingPolicy.flux({ processesPerNode: 1 }) },
  ],
  'trainer/reserved-flux-installer': [
    {
      spec: { ...jobs([job('node', {}, { initContainers: [{ name: 'flux-installer', image }] })]).spec, mlPolicy: { flux: {} } },
    },
    'job node has the init container flux-installer, which the flux policy adds itself',
    jobs([job('node', {}, { initContainers: [{ name: 'flux-installer', image }] })]),
  ],
  'volcano/empty-queue': [
    { image, gang: GangScheduling.volcano({ queue: '' }) },
    'the annotation scheduling.volcano.sh/queue-name is empty',
    { image, gang: GangScheduling.volcano() },
  ],
  'trainer/ordered-gang': [
    { image, gang: GangScheduling.coscheduling(), initializers: { model: {} } },
    'job node waits for others, and gang scheduling starts no pod before all are there',
    { image, initializers: { model: {} } },
  ],
  'trainer/several-policies': [
    { image, policy: TrainingPolicy.torch(), overrides: { mlPolicy: { jax: {} } } },
    'has the policies torch and jax; a runtime has one at most',
    { image, policy: TrainingPolicy.torch(), overrides: { mlPolicy: { torch: null, jax: {} } } },
  ],
  'trainer/incomplete-step': [
    jobs([job('node', { replicas: 2 }, { containers: [{ name: 'main', image }] }, true)]),
    'job node has 2 replicas, where the job of a step has 1, and has no container node, which does the step trainer; it has main',
    jobs([job('node', { replicas: 2 }, { containers: [{ name: 'main', image }] })]),
  ],
  'jobset/invalid-job-name': [jobs([job('1node')]), 'the name of a job, "1node" is not a DNS label', jobs([job('node1')])],
  'jobset/too-many-pods': [
    jobs([job('node', { replicas: 2 ** 31 })]),
    'job node has 2147483648 pods',
    jobs([job('node', { replicas: 2 ** 31 - 1 })]),
  ],
  'jobset/invalid-order': [
    jobs([job('a', after('b')), job('b', after('c')), job('c')]),
    'job a is the first, so it depends on no other; job b depends on c; it may on jobs before it: a',
    jobs([job('a'), job('b', after('a')), job('c', after('a'))]),
  ],
  'jobset/unknown-policy-target': [
    jobs([job('node')], { successPolicy: { operator: 'Any', targetReplicatedJobs: ['launcher'] } }),
    'its policies name launcher, which is no job of it',
    jobs([job('node')], { successPolicy: { operator: 'Any', targetReplicatedJobs: ['node'] } }),
  ],
  'jobset/invalid-failure-rule': [
    failing(rule, rule, { ...rule, name: '1st' }, { ...rule, name: 'last', onJobFailureReasons: ['Bored'] }),
    'two failure rules are called first; the failure rule "1st" is not called by a letter, then letters, digits, "_", "," and ":", 128 at most; the failure rule last names Bored',
    failing(rule, { ...rule, name: 'second', onJobFailureReasons: ['BackoffLimitExceeded'] }),
  ],
  'jobset/unavailable-restart-strategy': [
    jobs([job('node')], { failurePolicy: { restartStrategy: 'InPlaceRestart' } }),
    'the restart strategy InPlaceRestart is off in this release',
    jobs([job('node')], { failurePolicy: { restartStrategy: 'BlockingRecreate' } }),
  ],
  'jobset/unknown-coordinator': [
    jobs([job('node')], { coordinator: { replicatedJob: 'node', jobIndex: 1 } }),
    'the coordinator is in job 1 of node, which has 1; they are counted from 0',
    jobs([job('node', { replicas: 2 })], { coordinator: { replicatedJob: 'node', jobIndex: 1 } }),
  ],
  'jobset/invalid-manager': [
    jobs([job('node')], { managedBy: 'kueue' }),
    'managedBy is "kueue", must be a path with a domain',
    jobs([job('node')], { managedBy: 'kueue.x-k8s.io/multikueue' }),
  ],
  'jobset/invalid-subdomain': [
    jobs([job('node')], { network: { subdomain: '1st' } }),
    'the subdomain "1st" is not a DNS label',
    jobs([job('node')], { network: { subdomain: 'first' } }),
  ],
  'jobset/invalid-claims': [
    jobs([job('node')], { volumeClaimPolicies: [{ templates: [claim, claim] }] }),
    'no container mounts the claim "data"; two claims are called data',
    jobs([job('node', {}, mounting)], { volumeClaimPolicies: [{ templates: [claim] }] }),
  ],
};

describe('rules of runtimes', () => {
  test('are all tested', () => {
    expect(Object.keys(SIDES).sort()).toEqual(trainingRuntimeRules.map(({ id }) => id).sort());
  });

  test.each(Object.entries(SIDES))('%s', (id, [refused, words, accepted]) => {
    expect(refusal(refused)).toContain(words);
    expect(refusal(refused)).toContain(`(${id})`);
    yaml(accepted);
  });

  test.each([
    [
      'jobset/invalid-order',
      jobs([job('a'), job('b', after('a'))], { startupPolicy: { startupPolicyOrder: 'InOrder' } }),
      'say one of both',
    ],
    [
      'jobset/unknown-coordinator',
      jobs([job('node')], { coordinator: { replicatedJob: 'boss' } }),
      'the coordinator is in boss, which is no job of it',
    ],
    [
      'jobset/invalid-claims',
      jobs([job('node', {}, { ...mounting, volumes: [{ name: 'data', emptyDir: {} }] })], {
        volumeClaimPolicies: [{ templates: [claim] }],
      }),
      'the claim data is called like a volume of a job',
    ],
    [
      'jobset/invalid-claims',
      jobs([job('node', {}, mounting)], {
        volumeClaimPolicies: [{ templates: [{ ...claim, metadata: { name: 'data', namespace: 'team' } as never }] }],
      }),
      'the claim data names a namespace',
    ],
  ])('%s, in another respect', (id, refused, words) => {
    expect(refusal(refused)).toContain(words);
    expect(refusal(refused)).toContain(`(${id})`);
  });
});
