// A model that the nodes with GPUs keep on their disks, so that a server starts without loading it.
import { App, Chart, Size } from 'cdk8s';
import { LocalModelCache, LocalModelNodeGroup, Model, ModelServer, synth } from 'cdk8s-kubeflow';

const app = new App();
const platform = new Chart(app, 'model-caches');
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

const gpus = new LocalModelNodeGroup(platform, 'gpus', {
  storageLimit: Size.gibibytes(500),
  persistentVolume: {
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '500Gi' },
    local: { path: '/models' },
    storageClassName: 'local',
    nodeAffinity: {
      required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator: 'In', values: ['gpu'] }] }] },
    },
  },
  persistentVolumeClaim: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '500Gi' } },
    storageClassName: 'local',
  },
});

const llama = new LocalModelCache(platform, 'llama', {
  sourceModelUri: 'hf://meta-llama/Llama-3.2-1B-Instruct',
  modelSize: Size.gibibytes(3),
  nodeGroups: [gpus],
});

new ModelServer(team, 'chat', { model: Model.huggingface(llama) });

synth(app);
