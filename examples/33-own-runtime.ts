// A platform with a runtime of one's own, and a job that is held against it.
import { App, Chart } from 'cdk8s';
import { ClusterTrainingRuntime, Gpu, KubeflowPlatform, Runtime, stepLabels, synth, TrainingJob, training } from 'cdk8s-kubeflow';

const app = new App();
new KubeflowPlatform(app, 'kubeflow', { components: training() });

const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });
const runtime = new ClusterTrainingRuntime(team, 'team-torch', {
  framework: 'torch',
  spec: {
    mlPolicy: { numNodes: 2, torch: {} },
    template: {
      spec: {
        replicatedJobs: [
          {
            name: 'node',
            template: {
              metadata: { labels: stepLabels('trainer') },
              spec: { template: { spec: { containers: [{ name: 'node', image: 'ghcr.io/my-org/torch:2.10' }] } } },
            },
          },
        ],
      },
    },
  },
});

new TrainingJob(team, 'resnet', { runtime: Runtime.of(runtime), nodes: 4, resources: { gpu: Gpu.nvidia(8) } });

synth(app);
