import { App, Chart, Size } from 'cdk8s';
import type { ClusterServingRuntimeSpec } from '../../../crds-imports/serving.kserve.io';
import {
  ClusterServingRuntime,
  type DeploymentMode,
  Existing,
  Knative,
  KServeIngress,
  type KServeProps,
  KubeflowPlatform,
  type KubeflowPlatformProps,
  LLMInferenceService,
  LocalModelCache,
  Model,
  ModelRuntime,
  ModelServer,
  type ModelServerProps,
  Scale,
  ScaleOn,
  ServingRuntime,
  World,
} from '../../../lib';
import { Notes } from '../../../lib/core';
import { assembled, errors, thrown } from '../../support/app';
import { GROUND } from '../../support/platform';

/** A team below a platform whose KServe has a mode. */
function team(deploymentMode?: DeploymentMode, llm?: boolean): Chart {
  const platform = new KubeflowPlatform(new App(), 'kubeflow', { components: { ...GROUND, kserve: { deploymentMode, llm } } });
  return new Chart(platform, 'team', { namespace: 'team' });
}

const model = Model.pytorch('s3://bucket/model');

describe('a server below a platform', () => {
  test('knows the mode of its KServe, and with it its address', () => {
    expect(new ModelServer(team(), 'net', { model }).url).toBe('http://net-predictor.team.svc.cluster.local');
    // Without a mesh no VirtualService stands for the server, and Knative's route has the name of the predictor.
    expect(new ModelServer(team('Knative'), 'net', { model }).url).toBe('http://net-predictor.team.svc.cluster.local');
  });

  test('does not scale to zero where nothing would wake it', () => {
    const scale = Scale.between(0, 5);
    expect(new ModelServer(team('Knative'), 'net', { model, scale }).name).toBe('net');
    expect(thrown(() => new ModelServer(team('Standard'), 'net', { model, scale })).message).toContain('cannot scale to zero');
  });

  test.each<[string, Omit<ModelServerProps, 'image' | 'model'>, string]>([
    ['by CPU', { scale: Scale.between(1, 5, { on: ScaleOn.cpu(80) }) }, 'scales by cpu; Knative scales by'],
    ['a rollout', { rollout: { type: 'Recreate' } }, 'has a rollout, which Knative decides itself'],
    ['KEDA', { autoscaler: 'keda' }, 'KEDA scales servers of Standard mode only'],
  ])('may have what its mode has without naming it: %s', (_, options, words) => {
    const declare = (mode: DeploymentMode) => new ModelServer(team(mode), 'net', { model, ...options });
    expect(declare('Standard').name).toBe('net');
    expect(thrown(() => declare('Knative')).message).toContain(words);
  });

  test('is held to what the autoscaler of its mode knows', () => {
    const scale = Scale.between(1, 5, { on: ScaleOn.requestsPerSecond(10) });
    expect(new ModelServer(team('Knative'), 'net', { model, scale }).name).toBe('net');
    expect(thrown(() => new ModelServer(team('Standard'), 'net', { model, scale })).message).toContain(
      'the horizontal pod autoscaler scales by CPU or memory',
    );
  });

  test('may name a mode of its own', () => {
    expect(new ModelServer(team('Knative'), 'net', { model, deploymentMode: 'Standard' }).url).toBe(
      'http://net-predictor.team.svc.cluster.local',
    );
  });

  test('keeps the mode of its KServe when only other things are declared', () => {
    const chart = team('Standard');
    Knative.existing(chart, { features: ['tolerations'] });
    expect(new ModelServer(chart, 'net', { model }).url).toBe('http://net-predictor.team.svc.cluster.local');
  });

  test('of a language model takes the presets where its KServe has them', () => {
    const notes = (chart: Chart) => {
      const service = new LLMInferenceService(chart, 'llm', { model: 'hf://a/b' });
      return Notes.at(service).filter(({ rule }) => rule === 'kserve/missing-presets');
    };
    expect(notes(team('Standard', true))).toHaveLength(0);
    expect(notes(team('Standard', false))).toHaveLength(1);
  });
});

/** A team below a platform with a KServe of some options. */
function teamWith(kserve: KServeProps, more: Partial<KubeflowPlatformProps> = {}): Chart {
  const platform = new KubeflowPlatform(new App(), 'kubeflow', { components: { ...GROUND, kserve }, ...more });
  return new Chart(platform, 'team', { namespace: 'team' });
}

const container = { name: 'kserve-container', image: 'ghcr.io/my-org/server:1.0' };
const own = (name: string): ClusterServingRuntimeSpec => ({
  supportedModelFormats: [{ name, version: '1', autoSelect: true, priority: 1 }],
  protocolVersions: ['v1'],
  containers: [container],
});

describe('the runtimes of a platform', () => {
  const serve = (chart: Chart, format: string, runtime?: ModelRuntime) =>
    new ModelServer(chart, 'net', { model: Model.of(format, 's3://bucket/model', { runtime }) }).name;

  test('that it does without serve nothing', () => {
    const bare = () => teamWith({ servingRuntimes: { without: ['torchserve'] } });
    const shipped = ModelRuntime.shipped('kserve-torchserve');
    expect(thrown(() => serve(bare(), 'pytorch')).message).toContain('no runtime of the cluster is chosen for pytorch');
    expect(thrown(() => serve(bare(), 'pytorch', shipped)).message).toContain(
      'there is no runtime kserve-torchserve; the cluster has',
    );
    expect(serve(bare(), 'sklearn')).toBe('net');
    expect(serve(teamWith({}), 'pytorch', shipped)).toBe('net');
  });

  test('of its own are chosen, or named, and those that exist are taken as given', () => {
    const chart = teamWith({ servingRuntimes: { own: { mine: own('openvino') } } });
    expect(serve(chart, 'openvino')).toBe('net');
    expect(serve(new Chart(chart, 'b', { namespace: 'b' }), 'pytorch', ModelRuntime.existing('elsewhere'))).toBe('net');
    expect(thrown(() => serve(teamWith({}), 'openvino')).message).toContain('(kserve/format-without-runtime)');
  });

  test('are joined by those that are declared before: of the cluster for all, of a namespace for its own', () => {
    const chart = teamWith({});
    const other = new Chart(chart, 'other', { namespace: 'other' });
    new ServingRuntime(chart, 'mine', own('openvino'));
    new ClusterServingRuntime(chart, 'ours', own('catboost'));
    expect(serve(chart, 'openvino')).toBe('net');
    expect(serve(other, 'catboost')).toBe('net');
    expect(thrown(() => serve(new Chart(chart, 'third', { namespace: 'third' }), 'openvino')).message).toContain(
      '(kserve/format-without-runtime)',
    );
  });

  test('are what a ClusterServingRuntime is held against', () => {
    const taken = own('sklearn');
    expect(thrown(() => new ClusterServingRuntime(teamWith({}), 'mine', taken)).message).toContain(
      'the runtime kserve-sklearnserver has the same priority 1 for sklearn 1 with v1',
    );
    const without = { servingRuntimes: { without: ['sklearnserver' as const, 'predictiveserver' as const] } };
    expect(new ClusterServingRuntime(teamWith(without), 'mine', taken).name).toBe('mine');
    expect(new ServingRuntime(teamWith({}), 'mine', taken).name).toBe('mine');
  });
});

describe('a platform without', () => {
  const findings = (chart: Chart) => errors(assembled(chart)).join();

  test('KServe has no servers, unless it is there already', () => {
    const chart = (existing: KubeflowPlatformProps['existing']) => {
      const platform = new KubeflowPlatform(new App(), 'kubeflow', { components: GROUND, existing });
      const made = new Chart(platform, 'team', { namespace: 'team' });
      World.declare(made, Existing.namespace('team'));
      new ModelServer(made, 'net', { model });
      return made;
    };
    expect(findings(chart({}))).toContain('nothing in the model defines inferenceservices.serving.kserve.io');
    expect(findings(chart({ kserve: {} }))).toBe('');
  });

  test('KEDA has no servers that it scales', () => {
    const scaled = (...existing: Existing[]) => {
      const chart = teamWith({});
      World.declare(chart, Existing.namespace('team'), ...existing);
      new ModelServer(chart, 'net', { model, deploymentMode: 'Standard', autoscaler: 'keda' });
      return findings(chart);
    };
    expect(scaled()).toContain('autoscaler keda names CustomResourceDefinition scaledobjects.keda.sh');
    expect(scaled(Existing.definitions('keda.sh'))).toBe('');
  });

  test('Knative has no servers that ask for it', () => {
    const served = (deploymentMode: DeploymentMode | undefined) => {
      const chart = teamWith({});
      World.declare(chart, Existing.namespace('team'));
      new ModelServer(chart, 'net', { model, deploymentMode });
      return findings(chart);
    };
    expect(served('Knative')).toContain('deploymentMode Knative names CustomResourceDefinition services.serving.knative.dev');
    expect(served(undefined)).toBe('');
  });

  test('a node agent keeps no models', () => {
    const told = (kserve: KServeProps) => {
      const modelSize = Size.gibibytes(1);
      const cache = new LocalModelCache(teamWith(kserve), 'net', { sourceModelUri: 'hf://a/b', modelSize, nodeGroups: ['gpus'] });
      return Notes.at(cache).map(({ rule }) => rule);
    };
    expect(told({})).toContain('kserve/cache-without-agent');
    expect(told({ localModel: {} })).not.toContain('kserve/cache-without-agent');
  });
});

describe('the addresses of a platform', () => {
  const mesh = { gateway: 'kubeflow/kubeflow-gateway', namespace: 'istio-system', gatewayPrincipal: 'cluster.local/ns/a/sa/b' };
  const outside = (chart: Chart) => new ModelServer(chart, 'net', { model }).outside();

  test('are those of its gateway', () => {
    const urls = { domain: 'models.example.org', scheme: 'https' as const };
    expect(outside(teamWith({ deploymentMode: 'Knative', urls }, { existing: { istio: mesh } }))).toMatchObject({
      url: 'https://net.team.models.example.org',
      pathUrl: 'https://models.example.org/serving/team/net',
    });
    const ingress = KServeIngress.kubernetes('nginx');
    expect(outside(teamWith({ ingress, urls }))).toMatchObject({ url: 'https://net-team.models.example.org' });
    expect(outside(teamWith({ ingress, urls }))).not.toHaveProperty('pathUrl');
  });

  test('are by path for servers of Knative, whatever the platform runs by default', () => {
    const served = (deploymentMode: DeploymentMode) =>
      new ModelServer(teamWith({}, { existing: { istio: mesh } }), 'net', { model, deploymentMode }).outside();
    expect(served('Knative').pathUrl).toBe('http://example.com/serving/team/net');
    expect(served('Standard')).not.toHaveProperty('pathUrl');
  });

  test('are none where models are reached from inside only', () => {
    expect(thrown(() => outside(teamWith({}))).message).toContain('no platform around it has a gateway');
  });
});

describe('a server beside a platform', () => {
  test('is held against the only one of its app', () => {
    const app = new App();
    new KubeflowPlatform(app, 'kubeflow', { components: { ...GROUND, kserve: {} } });
    const chart = new Chart(app, 'team', { namespace: 'team' });
    expect(new ModelServer(chart, 'net', { model }).mode).toBe('Standard');
  });

  test('is held against none of several', () => {
    const app = new App();
    for (const id of ['one', 'other']) new KubeflowPlatform(app, id, { components: { ...GROUND, kserve: {} } });
    expect(new ModelServer(new Chart(app, 'team', { namespace: 'team' }), 'net', { model }).mode).toBe('Knative');
  });

  test('is told of a platform that comes too late', () => {
    const app = new App();
    new ModelServer(new Chart(app, 'team', { namespace: 'team' }), 'net', { model });
    expect(() => new KubeflowPlatform(app, 'kubeflow', { components: { ...GROUND, kserve: {} } })).toThrow(
      'kubeflow: it offers model serving, and team/net was declared before without knowing it; declare kubeflow first',
    );
  });
});
