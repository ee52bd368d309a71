import { App, Chart } from 'cdk8s';
import { type DeploymentMode, KubeflowPlatform, Model, ModelServer, Scale } from '../../lib';
import { thrown } from '../support/app';
import { GROUND } from '../support/platform';

/** A team below a platform whose KServe has a mode. */
function team(deploymentMode?: DeploymentMode): Chart {
  const platform = new KubeflowPlatform(new App(), 'kubeflow', { components: { ...GROUND, kserve: { deploymentMode } } });
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

  test('may name a mode of its own', () => {
    expect(new ModelServer(team('Knative'), 'net', { model, deploymentMode: 'Standard' }).url).toBe(
      'http://net-predictor.team.svc.cluster.local',
    );
  });
});
