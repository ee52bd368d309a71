import { App } from 'cdk8s';
import { KubeflowPlatform } from '../../../lib';
import { Deployment } from '../../../lib/deploy/pulumi';
import { record } from './recorder';

test('smoke', async () => {
  const app = new App();
  new KubeflowPlatform(app, 'kubeflow', {
    components: { certManager: {}, kubeflowNamespace: {}, kubeflowRoles: {}, trainingOperator: {} },
  });
  const r = await record(() => new Deployment('kubeflow', { app }));
  console.log(
    r.resources.length,
    JSON.stringify(
      r.resources.filter((x) => !x.custom).map((x) => [x.type, x.name, x.parent]),
      null,
      0,
    ),
  );
  console.log(JSON.stringify(r.get('kubeflow/training-operator', 'kubernetes:apps/v1:Deployment'), null, 1).slice(0, 3000));
});
