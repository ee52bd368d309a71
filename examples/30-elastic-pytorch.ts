// A PyTorch job whose workers come and go, with shared memory for its data loaders.
import { App, Chart, Size } from 'cdk8s';
import { Elastic, EnvFrom, Gpu, Mount, synth, TrainingJob } from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

new TrainingJob(team, 'imagenet-elastic', {
  pytorch: { worker: 4, processesPerNode: 8, elastic: Elastic.between(2, 8, { maxRestarts: 10 }) },
  image: 'ghcr.io/my-org/resnet-train:1.4',
  command: ['torchrun', 'train.py'],
  env: { HF_TOKEN: EnvFrom.secret('hugging-face', 'token') },
  mounts: { '/dev/shm': Mount.memory('shared-memory', Size.gibibytes(16)), '/data': Mount.claim('imagenet', { readOnly: true }) },
  resources: { gpu: Gpu.nvidia(8) },
});

synth(app);
