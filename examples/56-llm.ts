// A large language model over two GPUs a replica, behind a router that sends requests where their prefix is cached.
import { App, Chart, Size } from 'cdk8s';
import { Gpu, KServe, LLMInferenceService, synth } from 'cdk8s-kubeflow';
import { Cpu } from 'cdk8s-plus-28';

const app = new App();
KServe.existing(app, { llmPresets: true });
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

new LLMInferenceService(team, 'qwen', {
  model: 'hf://Qwen/Qwen2.5-7B-Instruct',
  image: 'ghcr.io/my-org/vllm:0.11',
  replicas: 2,
  parallelism: { tensor: 2 },
  resources: { cpu: Cpu.units(8), memory: Size.gibibytes(64), gpu: Gpu.nvidia(2) },
  router: { route: 'managed', gateway: 'managed', scheduler: 'managed' },
});

synth(app);
