import { App, Chart } from 'cdk8s';
import {
  type DeploymentMode,
  KubeflowPlatform,
  LLMInferenceService,
  Model,
  ModelServer,
  type ModelServerProps,
  Scale,
  ScaleOn,
  ServingCluster,
} from '../../lib';
import { Notes } from '../../lib/core';
import { thrown } from '../support/app';
import { GROUND } from '../support/platform';

/** A team below a platform whose KServe has a mode. */
function team(deploymentMode?: DeploymentMode, llm?: boolean): Chart {
  const platform = new KubeflowPlatform(new App(), 'kubeflow', { components: { ...GROUND, kserve: { deploymentMode, llm } } });
  return new Chart(platform, 'team', { namespace: 'team' });
}

const model = Model.pytorch('s3://bucket/model');

describe('a server below a platform', () => {
  test('knows the mode of its KServe, and with it its address', () => {
    expect(new ModelServer(team(), 'net', { model }).url).toBe('http://net-predictor.team.svc.cluster.local');
    expect(new ModelServer(team('Knative'), 'net', { model }).url).toBe('http://net.team.svc.cluster.local');
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
    ServingCluster.declare(chart, { knativeFeatures: ['tolerations'] });
    expect(new ModelServer(chart, 'net', { model }).url).toBe('http://net-predictor.team.svc.cluster.local');
    ServingCluster.declare(chart, { llmPresets: true, deploymentMode: undefined });
    expect(ServingCluster.of(chart)).toEqual({ deploymentMode: 'Standard', knativeFeatures: ['tolerations'], llmPresets: true });
  });

  test('of a language model takes the presets where its KServe has them', () => {
    const notes = (chart: Chart) => {
      const service = new LLMInferenceService(chart, 'llm', { model: { uri: 'hf://a/b' } });
      return Notes.at(service).filter(({ message }) => message.includes('LLM-presets'));
    };
    expect(notes(team('Standard', true))).toHaveLength(0);
    expect(notes(team('Standard', false))).toHaveLength(1);
  });
});
