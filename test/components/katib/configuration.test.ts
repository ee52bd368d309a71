import { App } from 'cdk8s';
import { parse } from 'yaml';
import { jobs } from '../../../crds-imports/batch';
import { pytorchjobs } from '../../../crds-imports/kubeflow.org';
import { Katib, type KatibProps, TrialResource, TrialTemplate } from '../../../lib';
import { thrown } from '../../support/app';
import { find, objectsOf } from '../../support/platform';
import { DATABASE, tuning } from './support';

const katib = (props: Partial<KatibProps> = {}) => new Katib(new App(), 'katib', { database: DATABASE, ...props });
const refusal = (props: Partial<KatibProps>) => thrown(() => katib(props)).message;
const algorithm = (name: string, props: Partial<KatibProps>) =>
  katib(props).configuration.runtime.suggestions.find(({ algorithmName }) => algorithmName === name);

describe('the configuration', () => {
  test('is written as it is typed', () => {
    const props = {
      algorithms: { enas: { resources: { limits: { memory: '2Gi' } } } },
      collectors: { PrometheusMetric: { image: 'example.com/prometheus-collector:1' } },
      injectSecurityContext: true,
    } satisfies Partial<KatibProps>;
    const file = (find(tuning(props), 'ConfigMap', 'katib-config').data as Record<string, string>)['katib-config.yaml'] as string;
    expect(parse(file)).toEqual(katib(props).configuration);
  });

  test('agrees with the ports that the controller is called on', () => {
    const { controller } = katib().configuration.init;
    const ports = (find(tuning(), 'Service', 'katib-controller').spec as { ports: { name: string; targetPort: number }[] }).ports;
    const target = (name: string) => ports.find((port) => port.name === name)?.targetPort;
    expect(controller.webhookPort).toBe(target('webhook'));
    expect(controller.metricsAddr).toBe(`:${target('metrics')}`);
    expect(controller.healthzAddr).toBe(`:${target('healthz')}`);
  });

  test('names the Lease that the controller may write', () => {
    const { leaderElectionID, enableLeaderElection } = katib().configuration.init.controller;
    expect(enableLeaderElection).toBe(true);
    const { rules } = find(tuning(), 'Role', 'katib-controller-leader-election') as unknown as {
      rules: { resourceNames?: string[] }[];
    };
    expect(rules.flatMap(({ resourceNames = [] }) => resourceNames)).toEqual([leaderElectionID]);
  });
});

describe('algorithms', () => {
  test('are those of the release, with single fields changed', () => {
    expect(katib().configuration.runtime.suggestions.map(({ algorithmName }) => algorithmName)).toEqual([
      'random',
      'tpe',
      'grid',
      'hyperband',
      'bayesianoptimization',
      'cmaes',
      'sobol',
      'multivariate-tpe',
      'enas',
      'darts',
      'pbt',
    ]);
    const claim = {
      accessModes: ['ReadWriteMany' as const],
      storageClassName: 'nfs',
      resources: { requests: { storage: '50Gi' } },
    };
    expect(algorithm('pbt', { algorithms: { pbt: { persistentVolumeClaimSpec: claim } } })).toEqual({
      algorithmName: 'pbt',
      image: 'ghcr.io/kubeflow/katib/suggestion-pbt:v0.19.0',
      persistentVolumeClaimSpec: claim,
    });
  });

  test('can be left out and added', () => {
    expect(algorithm('darts', { algorithms: { darts: false } })).toBeUndefined();
    expect(algorithm('bohb', { algorithms: { bohb: { image: 'example.com/bohb:1' } } })).toEqual({
      algorithmName: 'bohb',
      image: 'example.com/bohb:1',
    });
  });

  test('that do not exist cannot be left out, and new ones need an image', () => {
    expect(refusal({ algorithms: { bohb: false } })).toMatch(
      /^katib: algorithm bohb is left out, but there is none; there are random, tpe/,
    );
    expect(refusal({ algorithms: { bohb: {} } })).toBe('katib: algorithm bohb is not of the release, so it needs an image');
    expect(refusal({ algorithms: { tpe: { image: 'Not An Image' } } })).toBe(
      'katib: algorithm tpe has the image "Not An Image", which is no image reference',
    );
  });

  test('may name ports, but not the one that Katib adds', () => {
    const ports = (containerPort: number) => ({ algorithms: { tpe: { ports: [{ containerPort }] } } });
    expect(algorithm('tpe', ports(9000))).toMatchObject({ ports: [{ containerPort: 9000 }] });
    expect(refusal(ports(6789))).toBe(
      'katib: algorithm tpe names the port 6789 (suggestion-api), which Katib adds itself; leave it out',
    );
  });
});

describe('early stopping and collectors', () => {
  test('are changed alike', () => {
    const { runtime } = katib({
      earlyStopping: { medianstop: false, own: { image: 'example.com/stop:1' } },
      collectors: { TensorFlowEvent: { resources: { limits: { memory: '4Gi' } } }, File: false },
    }).configuration;
    expect(runtime.earlyStoppings).toEqual([{ algorithmName: 'own', image: 'example.com/stop:1' }]);
    expect(runtime.metricsCollectors).toEqual([
      { kind: 'StdOut', image: 'ghcr.io/kubeflow/katib/file-metrics-collector:v0.19.0' },
      {
        kind: 'TensorFlowEvent',
        image: 'ghcr.io/kubeflow/katib/tfevent-metrics-collector:v0.19.0',
        resources: { limits: { memory: '4Gi' } },
      },
    ]);
    expect(refusal({ collectors: { PrometheusMetric: {} } })).toBe(
      'katib: collector PrometheusMetric is not of the release, so it needs an image',
    );
    expect(refusal({ earlyStopping: { median: false } })).toContain(
      'early stopping algorithm median is left out, but there is none',
    );
  });
});

describe('images', () => {
  test('of the configuration and the templates come from the mirror like all others', () => {
    const { images } = tuning({}, { images: { registry: 'registry.example.com/mirror' } });
    const outside = images.filter(({ image }) => !image.startsWith('registry.example.com/mirror/')).map(({ image }) => image);
    expect(outside).toEqual([]);
    expect(images.map(({ image }) => image)).toEqual(
      expect.arrayContaining([
        'registry.example.com/mirror/kubeflow/katib/suggestion-pbt:v0.19.0',
        'registry.example.com/mirror/kubeflow/katib/pytorch-mnist-cpu:v0.19.0',
      ]),
    );
  });
});

describe('trial templates', () => {
  const own = TrialTemplate.of(jobs, {
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'example.com/train:1', args: [`--lr=${TrialTemplate.parameter('lr')}`] }],
        },
      },
    },
  });

  test('can be added, left out, and all be left out', () => {
    const assembly = tuning({ trialTemplates: { own, enasCPUTemplate: false } });
    const { data, metadata } = find(assembly, 'ConfigMap', 'trial-templates') as unknown as {
      data: Record<string, string>;
      metadata: { labels: unknown };
    };
    expect(metadata.labels).toEqual({ 'katib.kubeflow.org/component': 'trial-templates' });
    expect(Object.keys(data)).toEqual(['defaultTrialTemplate.yaml', 'pytorchJobTemplate', 'own']);
    expect(data.own).toContain(['--lr=$', '{trialParameters.lr}'].join(''));
    expect(parse(data.own as string)).toMatchObject({
      apiVersion: 'batch/v1',
      kind: 'Job',
      spec: { template: { spec: { restartPolicy: 'Never' } } },
    });

    const none = tuning({
      trialTemplates: { 'defaultTrialTemplate.yaml': false, enasCPUTemplate: false, pytorchJobTemplate: false },
    });
    expect(objectsOf(none, 'katib').filter(({ metadata: { name } }) => name === 'trial-templates')).toEqual([]);
  });

  test('are of kinds that trials are made of', () => {
    expect(katib({ trialResources: [TrialResource.job] }).trialTemplates).toEqual([
      'defaultTrialTemplate.yaml',
      'enasCPUTemplate',
    ]);
    const torch = TrialTemplate.of(pytorchjobs, { spec: { pytorchReplicaSpecs: {} } });
    expect(refusal({ trialResources: [TrialResource.job], trialTemplates: { torch } })).toBe(
      'katib: trial template torch is a PyTorchJob, which is no trial resource; add it to trialResources',
    );
    expect(refusal({ trialTemplates: { nothing: false } })).toContain('trial template nothing is left out, but there is none');
  });
});
