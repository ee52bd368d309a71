// A large language model behind a router that sends requests where their prefix is cached, with a template of its own.
import { App, Chart } from 'cdk8s';
import { LLMInferenceService, synth } from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

new LLMInferenceService(team, 'qwen', {
  model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct', name: 'qwen' },
  replicas: 2,
  parallelism: { tensor: 2 },
  template: {
    containers: [
      {
        name: 'main',
        image: 'ghcr.io/my-org/vllm:0.11',
        resources: { limits: { cpu: '8', memory: '64Gi', 'nvidia.com/gpu': 2 } },
      },
    ],
  },
  router: { route: {}, gateway: {}, scheduler: {} },
});

synth(app);
