// What no option foresaw: patches come last, are checked like everything else, and are errors when they match nothing.
import { App, JsonPatch } from 'cdk8s';
import { apps, KubeflowPlatform, Patch, synth, training } from 'cdk8s-kubeflow';

const app = new App();
const platform = new KubeflowPlatform(app, 'kubeflow', { components: training() });

Patch.strategic({
  spec: {
    template: {
      spec: {
        containers: [{ name: 'training-operator', env: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }] }],
      },
    },
  },
})
  .to({ kind: apps.deployments, name: 'training-operator' })
  .on(platform);

Patch.json(JsonPatch.add('/metadata/labels/example.com~1owner', 'ml-platform')).to({ kind: apps.deployments }).on(platform);

synth(app);
