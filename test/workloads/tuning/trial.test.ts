import {
  core,
  Elastic,
  HpoExperiment,
  jobset,
  Kind,
  KubeObject,
  kubeflow,
  MetricsCollector,
  Parameter,
  Runtime,
  ray,
  type TrainingJobProps,
  Trial,
  type TrialBody,
  TrialField,
  TrialResource,
} from '../../../lib';
import type { TrialObject } from '../../../lib/workloads/tuning/trial';
import { trialKindOf } from '../../../lib/workloads/tuning/trial-kinds';
import { assembled, errors, teamChart } from '../../support/app';
import { conditions, experiment, image, least, placeholder, rate, refusal, size, told, training } from './support';

/** A kind that the library does not ship. */
const workflows = Kind.unknown('argoproj.io/v1alpha1', 'Workflow', 'workflows', 'Namespaced');

describe('the trial', () => {
  const MASTER = { 'training.kubeflow.org/job-role': 'master' };
  const WORKER = { 'training.kubeflow.org/replica-type': 'worker', 'training.kubeflow.org/replica-index': '0' };
  const ENDS = {
    successCondition: 'status.conditions.#(type=="Succeeded")#|#(status=="True")#',
    failureCondition: 'status.conditions.#(type=="Failed")#|#(status=="True")#',
  };

  test.each<[string, TrainingJobProps, object]>([
    ['pytorch', { image, pytorch: { master: 1, worker: 2 } }, { primaryContainerName: 'pytorch' }],
    [
      'pytorch without a master',
      { image, pytorch: { worker: 2, elastic: Elastic.between(1, 2) } },
      { primaryContainerName: 'pytorch', primaryPodLabels: WORKER },
    ],
    ['tensorflow', { image, tensorflow: { chief: 1, worker: 2 } }, { primaryContainerName: 'tensorflow' }],
    ['mpi', { image, mpi: { launcher: 1, worker: 2 } }, { primaryContainerName: 'mpi' }],
    ['xgboost', { image, xgboost: { master: 1 } }, { primaryContainerName: 'xgboost' }],
    [
      'paddle',
      { image, paddle: { master: 1, worker: 2 } },
      { primaryContainerName: 'paddle', primaryPodLabels: MASTER, ...ENDS },
    ],
    ['jax', { image, jax: { worker: 2 } }, { primaryContainerName: 'jax', primaryPodLabels: WORKER, ...ENDS }],
    ['a runtime', { runtime: Runtime.shipped('torch-distributed') }, { primaryContainerName: 'node' }],
    [
      'a runtime with a launcher',
      { runtime: Runtime.shipped('deepspeed-distributed') },
      { primaryContainerName: 'node', primaryPodLabels: { 'jobset.sigs.k8s.io/replicatedjob-name': 'launcher' } },
    ],
  ])('of %s says only what Katib does not know', (_name, props, expected) => {
    const katib = { trialResources: [TrialResource.of(kubeflow.paddlejobs), TrialResource.of(kubeflow.jaxjobs)] };
    const { trialParameters, trialSpec, ...template } = (
      experiment(training(props, {}, { katib })).spec as { trialTemplate: Record<string, unknown> }
    ).trialTemplate;
    expect(template).toEqual(expected);
    expect(trialParameters).toEqual([{ name: 'rate', reference: 'rate' }]);
    expect(trialSpec).not.toHaveProperty('metadata');
  });

  test.each<[string, Trial]>([
    ['a JobSet', Trial.of(jobset.jobsets, { spec: { replicatedJobs: [] } }, { primaryContainer: 'train' })],
    ['a RayJob', Trial.of(ray.rayjobs, { spec: {} } as TrialBody<ray.RayJob>, { primaryContainer: 'train' })],
    ['a workflow of Argo', Trial.of(workflows, { spec: {} }, { primaryContainer: 'main' })],
  ])('of %s ends when its controller says so', (_title, built) => {
    const { object } = built._template(teamChart(), 'x');
    const { ends } = trialKindOf(object as TrialObject) ?? {};
    expect(ends).toBeDefined();
    expect(built._template(teamChart(), 'x')).toMatchObject(ends as object);
  });

  test('can say otherwise of any kind', () => {
    const said = { primaryContainer: 'main', primaryPodLabels: { a: 'b' }, ...conditions, retain: true };
    const built = Trial.of(workflows, { spec: {} }, said);
    expect(built._template(teamChart(), 'x')).toMatchObject(said);
    const training = Trial.trainingJob({ image, pytorch: { master: 1 } }, said);
    expect(training._template(teamChart(), 'x')).toMatchObject(said);
    const job = Trial.job({ image }, said);
    expect(job._template(teamChart(), 'x')).toMatchObject(said);
  });

  test('of a kind that nobody knows needs both conditions', () => {
    const unknown = Kind.unknown('example.com/v1', 'Run', 'runs', 'Namespaced');
    const built = (more: object) => Trial.of(unknown, { spec: { args: [`${rate}`] } }, { primaryContainer: 'main', ...more });
    const katib = { trialResources: [TrialResource.of(unknown)] };
    expect(refusal({ ...least, katib, trial: built({}) })).toContain('Katib does not know successCondition, failureCondition');
    experiment({ ...least, katib, trial: built(conditions) });
  });

  test('carries what Kueue and a mesh look for', () => {
    const labels = { 'sidecar.istio.io/inject': 'false' };
    const job = { image, command: ['train', `${rate}`], queue: 'team-a', podLabels: labels, podAnnotations: labels };
    const queued = { metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'team-a' } } };
    const quiet = { metadata: { labels, annotations: labels } };
    expect(experiment({ ...least, trial: Trial.job(job) })).toMatchObject({
      spec: { trialTemplate: { trialSpec: { ...queued, spec: { template: quiet } } } },
    });
    expect(experiment({ ...least, trial: Trial.trainingJob({ ...job, pytorch: { master: 1 } }) })).toMatchObject({
      spec: { trialTemplate: { trialSpec: { ...queued, spec: { pytorchReplicaSpecs: { Master: { template: quiet } } } } } },
    });
    const { image: _, podLabels: __, podAnnotations: ___, ...rest } = job;
    const runtime = Runtime.shipped('torch-distributed');
    expect(experiment({ ...least, trial: Trial.trainingJob({ ...rest, runtime }) })).toMatchObject({
      spec: { trialTemplate: { trialSpec: queued } },
    });
  });

  test.each<[string, number, TrainingJobProps]>([
    ['an MPIJob', 40, { image, mpi: { launcher: 1, worker: 2 } }],
    ['a PyTorchJob of 1000 workers', 40, { image, pytorch: { master: 1, worker: 1000 } }],
    ['a TFJob with evaluator', 40, { image, tensorflow: { chief: 1, worker: 1, evaluator: 1 } }],
    ['a TrainJob', 39, { runtime: Runtime.shipped('torch-distributed') }],
    ['a TrainJob of 100 nodes', 38, { runtime: Runtime.shipped('torch-distributed'), nodes: 100 }],
    ['a TrainJob with a launcher', 35, { runtime: Runtime.shipped('deepspeed-distributed') }],
    ['a TrainJob with a dataset initializer', 24, { runtime: Runtime.shipped('torchtune-llama3.2-1b') }],
  ])('leaves room in the names of %s', (_title, longest, props) => {
    const rules = /\((training-operator|trainer|katib)\/name-too-long\)/;
    const said = (length: number) => {
      try {
        new HpoExperiment(teamChart(), 'a'.repeat(length), training(props));
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(said(longest)).not.toMatch(rules);
    expect(said(longest + 1)).toMatch(rules);
  });

  test('is held to the rules of its job, with the length of its name', () => {
    const props = training({ image, mpi: { worker: 1 } } as unknown as TrainingJobProps);
    expect(refusal(props)).toMatch(/^team\/search\/Trial: .*\(training-operator\/mpi-without-launcher\)$/);
    const train = training({ runtime: Runtime.shipped('torch-distributed') });
    expect(refusal(train, 'a'.repeat(40))).toContain('the name has 49 characters; with the pods of node it has at most 48');
    experiment(train, 'a'.repeat(39));
  });

  test('of another kind is any object', () => {
    const trial = Trial.of(
      jobset.jobsets,
      {
        metadata: { labels: { stage: 'test' } },
        spec: {
          replicatedJobs: [
            {
              name: 'main',
              template: {
                spec: {
                  template: {
                    spec: { containers: [{ name: 'train', image, args: [`${rate}`, `${TrialField.label('stage')}`] }] },
                  },
                },
              },
            },
          ],
        },
      } as unknown as TrialBody<jobset.JobSet>,
      { primaryContainer: 'train', ...conditions },
    );
    const katib = { trialResources: [TrialResource.of(jobset.jobsets)] };
    expect(experiment({ ...least, trial, katib, acknowledge: ['katib/no-trial-command'] })).toHaveProperty(
      'spec.trialTemplate.trialParameters',
      [
        { name: 'rate', reference: 'rate' },
        { name: 'trialLabel[stage]', reference: TrialField.label('stage').reference },
      ],
    );
  });

  test('made from a runtime has a command, too', () => {
    const runtime = Runtime.shipped('torch-distributed');
    const args = [`${rate}`];
    const warned = 'node of the trial has no command, so Katib has to read it from the image';
    expect(told({ ...least, trial: Trial.trainingJob({ runtime, args }) })).toContain(warned);
    expect(told({ ...least, trial: Trial.trainingJob({ runtime, command: ['train'], args }) })).not.toContain(warned);
    expect(told({ ...least, trial: Trial.trainingJob({ runtime: Runtime.existing('own'), args }) })).not.toContain(warned);
  });

  test('calls what is searched by names of its own', () => {
    const named = Trial.job(
      { image, command: ['train', placeholder('learningRate'), `${size}`] },
      { parameters: { learningRate: rate } },
    );
    const { spec } = experiment({ ...least, parameters: [rate, size], trial: named }) as { spec: { trialTemplate: object } };
    expect(spec.trialTemplate).toMatchObject({
      trialParameters: [
        { name: 'learningRate', reference: 'rate' },
        { name: 'size', reference: 'size' },
      ],
    });
    expect(
      refusal({ ...least, trial: Trial.job({ image, command: ['train', `${rate}`] }, { parameters: { learningRate: rate } }) }),
    ).toContain('the trial uses rate, which the experiment does not search; it searches learningRate');
    const swapped = Trial.job({ image, command: [placeholder('size'), placeholder('b')] }, { parameters: { size: rate } });
    expect(refusal({ ...least, parameters: [rate, size], trial: swapped })).toContain(
      'the trial calls rate size, which is another parameter; call it otherwise',
    );
  });

  test('may search amounts of resources, which are texts', () => {
    const resources = { limits: { cpu: `${size}`, memory: `${rate}Gi` } };
    const template = { spec: { containers: [{ name: 'pytorch', image, command: ['train'], resources }] } };
    const body = { spec: { pytorchReplicaSpecs: { Master: { replicas: 1, template } } } };
    const trial = Trial.of(kubeflow.pytorchjobs, body, { primaryContainer: 'pytorch' });
    experiment({ ...least, parameters: [rate, size], trial });
    const cores = Parameter.categorical('size', ['many']);
    expect(refusal({ ...least, parameters: [rate, cores], trial })).toContain('(katib/placeholder-in-number)');
  });

  test('needs the label of its namespace (katib/namespace-without-injection)', () => {
    const withNamespace = (labels: Record<string, string>, props = least, name = 'team') => {
      const chart = teamChart();
      new KubeObject(chart, 'Namespace', core.namespaces, { metadata: { name, labels } });
      return errors(assembled(new HpoExperiment(chart, 'search', props)));
    };
    expect(withNamespace({ stage: 'test' })).toEqual([
      'team/search: the namespace team lacks the label katib.kubeflow.org/metrics-collector-injection: enabled, without which Katib takes no experiment',
    ]);
    expect(withNamespace({ 'katib.kubeflow.org/metrics-collector-injection': 'enabled' })).toEqual([]);
    expect(withNamespace({}, { ...least, metrics: MetricsCollector.push() })).toHaveLength(1);
    expect(withNamespace({}, least, 'other').join()).not.toContain('katib/namespace-without-injection');
  });
});
