// One stack from the data to the answer: a job fine-tunes a language model, and a server answers with what the job writes.
import { App, Chart, Size } from 'cdk8s';
import { Gpu, Model, ModelServer, Mount, Queue, Runtime, synth, TrainingJob } from 'cdk8s-kubeflow';
import { Cpu, PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

// The runtime's claim lives as long as the job.
const tuning = new TrainingJob(team, 'support', {
  runtime: Runtime.shipped('torchtune-llama3.2-1b'),
  initializer: { model: { uri: 'hf://meta-llama/Llama-3.2-1B-Instruct', credentials: 'hugging-face' } },
});
new ModelServer(team, 'support-llm', { model: Model.huggingface(tuning.output('epoch_0')), resources: { gpu: Gpu.nvidia(1) } });

// A claim of one's own stays.
const models = new PersistentVolumeClaim(team, 'models', {
  metadata: { name: 'models' },
  accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY],
  storage: Size.gibibytes(50),
});
const training = new TrainingJob(team, 'churn', {
  xgboost: { master: 1, worker: 2 },
  image: 'ghcr.io/my-org/churn-train:1.0',
  args: ['--out=/models/churn/v1'],
  resources: { cpu: Cpu.units(4), memory: Size.gibibytes(16) },
  mounts: { '/models': Mount.claim(models) },
  queue: Queue.of('nightly', { priorityClass: 'batch' }),
});
new ModelServer(team, 'churn-risk', { model: Model.xgboost(training.output('/models/churn/v1')) });

synth(app);
