// Horovod over MPI: a launcher that starts the processes, and workers that run them.
import { App, Chart, Size } from 'cdk8s';
import { Gpu, synth, TrainingJob } from 'cdk8s-kubeflow';
import { Cpu } from 'cdk8s-plus-28';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

new TrainingJob(team, 'horovod', {
  mpi: {
    launcher: {
      replicas: 1,
      command: ['mpirun', '-np', '4', 'python', 'train.py'],
      resources: { cpu: Cpu.units(1), memory: Size.gibibytes(2) },
    },
    worker: 2,
    slotsPerWorker: 2,
  },
  image: 'ghcr.io/my-org/horovod-train:2.0',
  resources: { gpu: Gpu.nvidia(2) },
  runPolicy: { cleanPodPolicy: 'Running' },
});

synth(app);
