// A platform with a runtime of one's own, and a job that is held against it.
import { App, Chart, Size } from 'cdk8s';
import {
  ClusterTrainingRuntime,
  Gpu,
  JobClaim,
  KubeflowPlatform,
  Runtime,
  synth,
  TrainingJob,
  TrainingPolicy,
  training,
} from 'cdk8s-kubeflow';

const app = new App();
new KubeflowPlatform(app, 'kubeflow', { components: training() });

const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });
const runtime = new ClusterTrainingRuntime(team, 'team-torch', {
  policy: TrainingPolicy.torch(),
  nodes: 2,
  image: 'ghcr.io/my-org/torch:2.10',
  claims: { '/checkpoints': JobClaim.of('checkpoints', { size: Size.gibibytes(100), accessMode: 'ReadWriteMany' }) },
});

new TrainingJob(team, 'resnet', { runtime: Runtime.of(runtime), nodes: 4, resources: { gpu: Gpu.nvidia(8) } });

synth(app);
