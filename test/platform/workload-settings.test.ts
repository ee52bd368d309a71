import type { PodSpec } from '../../crds-imports/core';
import type { Manifest, WorkloadSettings } from '../../lib';
import { podSpecs } from '../../lib/core';
import { WorkloadTransform } from '../../lib/platform/workload-settings';
import { errors, thrown } from '../support/app';
import { workload } from '../support/manifests';
import { assembledPlatform, find, GROUND } from '../support/platform';

const platform = (workloads: WorkloadSettings) =>
  assembledPlatform({ components: { ...GROUND, trainer: {}, trainingOperator: {} }, workloads });

describe('workload settings', () => {
  test('reach the pods of every workload, beside what a component says itself', () => {
    const tolerations = [{ key: 'platform', operator: 'Exists' as const }];
    const assembly = platform({
      nodeSelector: { pool: 'platform' },
      tolerations,
      priorityClassName: 'system-cluster-critical',
      labels: { cost: 'ml' },
      annotations: { owner: 'team' },
    });
    expect(errors(assembly)).toEqual([]);
    const workloads = assembly.model.manifests.filter(({ kind }) => kind === 'Deployment');
    expect(workloads).toHaveLength(6);
    for (const object of workloads) {
      const [pod] = podSpecs(object);
      expect(pod?.spec).toMatchObject({
        nodeSelector: { pool: 'platform' },
        tolerations,
        priorityClassName: 'system-cluster-critical',
      });
      expect(pod?.labels).toMatchObject({ cost: 'ml' });
      expect(object).toHaveProperty('spec.template.metadata.annotations.owner', 'team');
    }
    expect(find(assembly, 'Deployment', 'cert-manager')).toHaveProperty('spec.template.spec.nodeSelector', {
      'kubernetes.io/os': 'linux',
      pool: 'platform',
    });
  });

  test('come after what a workload says itself', () => {
    const own = { key: 'own', operator: 'Exists' as const };
    const platforms = { key: 'platform', operator: 'Exists' as const };
    const resources = { limits: { memory: '1Gi' } };
    const before = workload('app', {
      pod: {
        priorityClassName: 'own',
        tolerations: [own],
        initContainers: [{ name: 'first', image: 'a' }],
      },
    });
    const settings = { priorityClassName: 'high', tolerations: [platforms], annotations: { note: 'platform', more: 'x' } };
    const transform = new WorkloadTransform({ ...settings, resources: { 'app/first': resources } });
    const template = (object: Manifest) => (object.spec as { template: Record<string, unknown> }).template;
    template(before).metadata = { annotations: { note: 'own' } };
    expect(template(transform.apply(before))).toMatchObject({
      metadata: { annotations: { note: 'own', more: 'x' } },
      spec: {
        priorityClassName: 'own',
        tolerations: [own, platforms],
        initContainers: [{ name: 'first', image: 'a', resources }],
      },
    });
    expect(transform.unused()).toEqual([]);
  });

  test('leave the templates of users alone', () => {
    const runtime = find(platform({ nodeSelector: { pool: 'platform' } }), 'ClusterTrainingRuntime', 'torch-distributed');
    expect(podSpecs(runtime).map(({ spec }: { spec: PodSpec }) => spec.nodeSelector)).toEqual([undefined]);
  });

  test('never change the labels by which pods are selected', () => {
    const deployment = find(platform({ labels: { 'control-plane': 'mine' } }), 'Deployment', 'training-operator');
    expect(deployment).toHaveProperty('spec.template.metadata.labels.control-plane', 'kubeflow-training-operator');
  });

  test('replace resources by container and replicas by workload', () => {
    const resources = { requests: { cpu: '1', memory: '1Gi' } };
    const assembly = platform({
      resources: { 'training-operator/training-operator': resources },
      replicas: { 'cert-manager-webhook': 3 },
    });
    expect(find(assembly, 'Deployment', 'training-operator')).toHaveProperty(
      'spec.template.spec.containers.0.resources',
      resources,
    );
    expect(find(assembly, 'Deployment', 'cert-manager-webhook')).toHaveProperty('spec.replicas', 3);
    expect(find(assembly, 'Deployment', 'cert-manager')).toHaveProperty('spec.replicas', 1);
  });

  test('are errors when they match nothing', () => {
    const assembly = platform({ resources: { 'training-operator/manager': {} }, replicas: { 'cert-manager-webook': 3 } });
    expect(errors(assembly)).toEqual([
      'kubeflow: workloads.resources names "training-operator/manager", which the platform does not have',
      'kubeflow: workloads.replicas names "cert-manager-webook", which the platform does not have; did you mean "cert-manager-webhook"?',
    ]);
  });
});

describe('availability', () => {
  const components = { ...GROUND, trainer: {}, trainingOperator: {} };

  test('single: one replica of everything, no disruption budgets', () => {
    const { model } = assembledPlatform({ components });
    expect(model.manifests.filter(({ kind }) => kind === 'PodDisruptionBudget')).toEqual([]);
    for (const workload of model.manifests.filter(({ kind }) => kind === 'Deployment'))
      expect(workload).toHaveProperty('spec.replicas', 1);
  });

  test('high: two replicas, spread, with budgets that let one pod go', () => {
    const assembly = assembledPlatform({ components, availability: 'high' });
    expect(errors(assembly)).toEqual([]);
    for (const workload of assembly.model.manifests.filter(({ kind }) => kind === 'Deployment')) {
      const { name, namespace } = workload.metadata;
      expect(workload).toHaveProperty('spec.replicas', 2);
      expect(workload).toHaveProperty(
        'spec.template.spec.topologySpreadConstraints.1.topologyKey',
        'topology.kubernetes.io/zone',
      );
      expect(find(assembly, 'PodDisruptionBudget', name, namespace)).toMatchObject({
        spec: { maxUnavailable: 1, selector: (workload.spec as { selector: unknown }).selector },
      });
    }
  });
});

describe('a mistake in a setting is one, and names the setting', () => {
  const refusal = (workloads: WorkloadSettings) => thrown(() => platform(workloads)).message;

  test.each<[WorkloadSettings, string]>([
    [{ nodeSelector: { pool: 'not allowed' } }, 'kubeflow: workloads.nodeSelector["pool"] is "not allowed", must be'],
    [{ labels: { 'a b': 'c' } }, 'kubeflow: workloads.labels has the key "a b", must be'],
    [{ tolerations: [{ operator: 'Exist' as never }] }, 'kubeflow: workloads.tolerations[0].operator is "Exist", must be one of'],
    [
      { resources: { 'katib-ui/katib-ui': { requests: { cpu: '2' }, limits: { cpu: '1' } } } },
      'workloads.resources["katib-ui/katib-ui"].requests',
    ],
  ])('%j', (workloads, message) => {
    expect(refusal(workloads)).toContain(message);
    expect(refusal(workloads)).not.toContain(';');
  });

  test('also where it names what nobody provides', () => {
    expect(errors(platform({ priorityClassName: 'high' }))).toEqual([
      'kubeflow: workloads.priorityClassName names PriorityClass high, which nothing in the model provides; add it, or declare it as existing',
    ]);
  });
});
