// A transformer in front of a model, which batches and logs requests, and an explainer beside it; its address for those who ask it.
import { App, Chart, Duration } from 'cdk8s';
import { core, Gpu, KubeObject, Model, ModelServer, Scale, synth } from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

const server = new ModelServer(team, 'faces', {
  model: Model.pytorch('pvc://models/faces', { version: '1' }),
  resources: { gpu: Gpu.nvidia(1) },
  transformer: {
    image: 'ghcr.io/my-org/faces-transformer:1.0',
    scale: Scale.between(1, 3),
    batcher: { maxBatchSize: 16, maxLatency: Duration.millis(500) },
    logger: { mode: 'all', url: 'http://events.ml-team-a.svc.cluster.local' },
  },
  explainer: { art: { type: 'SquareAttack', config: { nb_classes: '10' } } },
});

new KubeObject(team, 'clients', core.configmaps, { metadata: { name: 'clients' }, data: { faces: server.predictUrl } });

synth(app);
