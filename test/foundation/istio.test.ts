import { App, Chart } from 'cdk8s';
import { telemetries } from '../../crds-imports/telemetry.istio.io';
import { declare, IstioMesh, KServe, World } from '../../lib';
import { assembled, errors } from '../support/app';

const mesh = { gateway: 'istio-system/users', namespace: 'istio-system', gatewayPrincipal: 'cluster.local/ns/a/sa/b' };

test('an existing Istio has its kinds and its namespace', () => {
  const told = (there: boolean) => {
    const chart = new Chart(new App(), 'chart', { namespace: 'istio-system' });
    World.close(chart);
    if (there) IstioMesh.existing(chart, mesh);
    declare(chart, telemetries, { metadata: { name: 'all' }, spec: {} });
    return errors(assembled(chart));
  };
  expect(told(true)).toEqual([]);
  expect(told(false)).toEqual([
    expect.stringContaining('defines telemetries.telemetry.istio.io'),
    expect.stringContaining('names Namespace istio-system'),
  ]);
});

test('KServe takes its gateway, outside of a platform too', () => {
  const app = new App();
  IstioMesh.existing(app, mesh);
  const configuration = assembled(new KServe(app, 'kserve')).model.manifests.find(
    ({ metadata }) => metadata.name === 'inferenceservice-config',
  );
  expect(JSON.stringify(configuration)).toContain('istio-system/users');
});
