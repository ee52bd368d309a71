// One large language model over two nodes with four GPUs each.
import { App, Chart, Size } from 'cdk8s';
import { Gpu, Model, ModelServer, Storage, synth } from 'cdk8s-kubeflow';
import { Cpu } from 'cdk8s-plus-28';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });
const resources = { cpu: Cpu.units(16), memory: Size.gibibytes(128), gpu: Gpu.nvidia(4) };

new ModelServer(team, 'llama', {
  model: Model.huggingface(Storage.claim('llama', 'hf/70b')),
  args: ['--model_name=llama'],
  resources,
  deploymentMode: 'Standard',
  autoscaler: 'none',
  workers: { pipelineParallel: 2, tensorParallel: 4, resources },
});

synth(app);
