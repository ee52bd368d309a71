// Fine-tuning as a TrainJob: the runtime of the release loads dataset and model, then trains on one node.
import { App, Chart } from 'cdk8s';
import { Runtime, synth, TrainingJob } from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

new TrainingJob(team, 'llama-support', {
  runtime: Runtime.shipped('torchtune-llama3.2-1b'),
  initializer: {
    dataset: { uri: 'hf://my-org/support-answers', credentials: 'hugging-face' },
    model: { uri: 'hf://meta-llama/Llama-3.2-1B-Instruct', credentials: 'hugging-face' },
  },
});

synth(app);
