import { App, Chart } from 'cdk8s';
import { Knative, Model, ModelServer, World } from '../../lib';
import { thrown } from '../support/app';

const props = { model: Model.sklearn('s3://b/m'), nodeSelector: { pool: 'gpu' } };

test('an existing Knative has its kinds', () => {
  const chart = new Chart(new App(), 'chart');
  const name = 'services.serving.knative.dev';
  const definition = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name, path: '' };
  expect(World.has(chart, definition)).toBe(false);
  Knative.existing(chart);
  expect(World.has(chart, definition)).toBe(true);
  expect(World.has(chart, { ...definition, name: 'brokers.eventing.knative.dev' })).toBe(false);
});

test('its flags let servers have what it refuses by itself', () => {
  const serve = (features: readonly 'nodeselector'[]) => {
    const chart = new Chart(new App(), 'chart', { namespace: 'team' });
    Knative.existing(chart, { features });
    return () => new ModelServer(chart, 'net', props);
  };
  expect(serve(['nodeselector'])).not.toThrow();
  expect(thrown(serve([])).message).toContain('kubernetes.podspec-nodeselector');
});
