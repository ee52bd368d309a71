import type { Container } from '../../../crds-imports/core';
import type { Image } from '../../core';
import { images } from '../../release/images';
import { type ReplicatedJob, type RuntimeDeclaration, type Step, stepLabels } from './runtime-shape';

type Spec = RuntimeDeclaration['spec'];

const { trainer } = images;

/** A job with one container. */
function job(name: string, container: Container, step?: Step): ReplicatedJob {
  return {
    name,
    template: {
      ...(step && { metadata: { labels: stepLabels(step) } }),
      spec: { template: { spec: { containers: [container] } } },
    },
  };
}

/** The same program on every node; the framework finds the others by itself. */
function nodes(policy: 'torch' | 'jax' | 'xgboost', image: Image): Spec {
  return {
    mlPolicy: { numNodes: 1, [policy]: {} },
    template: { spec: { replicatedJobs: [job('node', { name: 'node', image: image.toString() }, 'trainer')] } },
  };
}

/** A launcher that reaches the nodes by SSH. */
function mpi(image: Image): Spec {
  const container: Container = { name: 'node', image: image.toString(), securityContext: { runAsUser: 1000 } };
  return {
    mlPolicy: {
      numNodes: 1,
      mpi: { mpiImplementation: 'OpenMPI', numProcPerNode: 1, runLauncherAsNode: true, sshAuthMountPath: '/home/mpiuser/.ssh' },
    },
    template: {
      spec: {
        network: { publishNotReadyAddresses: true },
        successPolicy: { operator: 'All', targetReplicatedJobs: ['launcher'] },
        replicatedJobs: [
          job('launcher', container, 'trainer'),
          job('node', {
            ...container,
            command: ['/usr/sbin/sshd'],
            args: ['-De', '-f', '/home/mpiuser/.sshd_config'],
            readinessProbe: { tcpSocket: { port: 2222 }, initialDelaySeconds: 5 },
          }),
        ],
      },
    },
  };
}

/** A language model that torchtune fine-tunes. */
interface TorchtuneModel {
  /** Model on the Hugging Face hub. */
  readonly hub: string;
  /** Recipe configuration of torchtune. */
  readonly config: string;
  /** Files of the tokenizer below the model's folder. */
  readonly tokenizer: readonly string[];
}

const WORKSPACE = '/workspace';

/** Downloads a dataset and a model into a claim, then fine-tunes on one node with two GPUs. */
function torchtune({ hub, config, tokenizer }: TorchtuneModel): Spec {
  const volumeMounts = [{ name: 'initializer', mountPath: WORKSPACE }];
  const initializer = (step: Exclude<Step, 'trainer'>, image: Image, uri: string) =>
    job(step, { name: step, image: image.toString(), env: [{ name: 'STORAGE_URI', value: uri }], volumeMounts }, step);
  const tune: Container = {
    name: 'node',
    image: trainer.torchtuneTrainer.toString(),
    command: [
      'tune',
      'run',
      '--rdzv_endpoint=localhost:29500',
      'full_finetune_distributed',
      '--config',
      config,
      'dataset=torchtune.datasets.instruct_dataset',
      'dataset.source=parquet',
      `dataset.data_dir=${WORKSPACE}/dataset/data`,
      `output_dir=${WORKSPACE}/output`,
      ...tokenizer.map((file) => `tokenizer.${file}`),
      `checkpointer.checkpoint_dir=${WORKSPACE}/model`,
    ],
    resources: { limits: { 'nvidia.com/gpu': 2 } },
    volumeMounts,
  };
  return {
    mlPolicy: { numNodes: 1, torch: {} },
    template: {
      spec: {
        volumeClaimPolicies: [
          {
            templates: [
              {
                metadata: { name: 'initializer' },
                spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
              },
            ],
          },
        ],
        replicatedJobs: [
          initializer('dataset-initializer', trainer.datasetInitializer, 'hf://tatsu-lab/alpaca'),
          initializer('model-initializer', trainer.modelInitializer, `hf://${hub}`),
          {
            ...job('node', tune, 'trainer'),
            dependsOn: [
              { name: 'dataset-initializer', status: 'Complete' },
              { name: 'model-initializer', status: 'Complete' },
            ],
          },
        ],
      },
    },
  };
}

const llama = (size: string): TorchtuneModel => ({
  hub: `meta-llama/Llama-3.2-${size}-Instruct`,
  config: `llama3_2/${size}_full`,
  tokenizer: [`path=${WORKSPACE}/model/original/tokenizer.model`],
});

const QWEN: TorchtuneModel = {
  hub: 'Qwen/Qwen2.5-1.5B-Instruct',
  config: 'qwen2_5/1.5B_full',
  tokenizer: [`path=${WORKSPACE}/model/vocab.json`, `merges_file=${WORKSPACE}/model/merges.txt`],
};

/** The runtimes of the release, by name. */
export const RUNTIMES = {
  'deepspeed-distributed': { framework: 'deepspeed', spec: mpi(trainer.deepspeedRuntime) },
  'jax-distributed': { framework: 'jax', spec: nodes('jax', trainer.jaxRuntime) },
  'mlx-distributed': { framework: 'mlx', spec: mpi(trainer.mlxRuntime) },
  'torch-distributed': { framework: 'torch', spec: nodes('torch', trainer.torchRuntime) },
  'torchtune-llama3.2-1b': { framework: 'torchtune', spec: torchtune(llama('1B')) },
  'torchtune-llama3.2-3b': { framework: 'torchtune', spec: torchtune(llama('3B')) },
  'torchtune-qwen2.5-1.5b': { framework: 'torchtune', spec: torchtune(QWEN) },
  'xgboost-distributed': { framework: 'xgboost', spec: nodes('xgboost', trainer.xgboostRuntime) },
} as const satisfies Record<string, RuntimeDeclaration>;

/** Name of a runtime of the release. */
export type RuntimeName = keyof typeof RUNTIMES;
