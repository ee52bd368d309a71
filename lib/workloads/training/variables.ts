import type { FrameworkName } from './frameworks';

/** What decides which variables the operator sets on a replica's containers. */
export interface VariableFacts {
  /** Replicas by type. */
  readonly replicas: ReadonlyMap<string, number>;
  /** Whether workers come and go. */
  readonly elastic: boolean;
  /** Whether the pods ask for a GPU. */
  readonly gpu: boolean;
}

/** What the operator sets in the environment of a framework's pods. */
interface Variables {
  /** Every name that it sets in some job of the framework. */
  readonly known: readonly string[];
  /** The names that it sets on a replica type of this job. They are put behind the job's own, so its own have no effect. */
  readonly set: (type: string, job: VariableFacts) => readonly string[];
  /** Whether it sets them on the container that trains alone, or on all containers of the pod. */
  readonly trainerOnly?: boolean;
}

const MASTER = ['MASTER_ADDR', 'MASTER_PORT', 'WORLD_SIZE', 'RANK'];
const LAUNCHED = ['PET_MASTER_ADDR', 'PET_MASTER_PORT', 'PET_NODE_RANK'];
const LAUNCHER = ['PET_NNODES', 'PET_NPROC_PER_NODE'];
const RENDEZVOUS = ['PET_RDZV_BACKEND', 'PET_RDZV_ENDPOINT'];
const RENDEZVOUS_OPTIONS = ['PET_RDZV_ID', 'PET_RDZV_CONF', 'PET_MAX_RESTARTS', 'PET_STANDALONE'];
const LIGHTGBM = ['WORKER_PORT', 'WORKER_ADDRS'];
const PADDLE = ['PADDLE_JOB_ID', 'PADDLE_NNODES', 'PADDLE_MASTER', 'POD_IP_DUMMY'];
const JAX = ['COORDINATOR_ADDRESS', 'COORDINATOR_PORT', 'NUM_PROCESSES', 'PROCESS_ID'];
const OPEN_MPI = ['OMPI_MCA_plm_rsh_agent', 'OMPI_MCA_orte_default_hostfile'];
const NO_GPU = ['NVIDIA_VISIBLE_DEVICES', 'NVIDIA_DRIVER_CAPABILITIES'];

const several = ({ replicas }: VariableFacts) => [...replicas.values()].reduce((sum, count) => sum + count, 0) > 1;

/**
 * Variables of the operator by framework. PYTHONUNBUFFERED is left out: whatever a job says, Python reads it alike.
 *
 * @see https://github.com/kubeflow/training-operator/tree/v1.9.2/pkg/controller.v1
 */
export const VARIABLES: Readonly<Record<FrameworkName, Variables>> = {
  pytorch: {
    known: [...MASTER, ...LAUNCHED, ...LAUNCHER, ...RENDEZVOUS, ...RENDEZVOUS_OPTIONS],
    set: (_type, { replicas, elastic }) => [
      ...LAUNCHER,
      ...(replicas.has('Master') ? [...MASTER, ...LAUNCHED] : []),
      ...(elastic ? RENDEZVOUS : []),
    ],
  },
  tensorflow: { known: ['TF_CONFIG'], set: (_type, job) => (several(job) ? ['TF_CONFIG'] : []), trainerOnly: true },
  xgboost: { known: [...MASTER, ...LIGHTGBM], set: (_type, job) => [...MASTER, ...(several(job) ? LIGHTGBM : [])] },
  mpi: {
    known: [...OPEN_MPI, ...NO_GPU],
    set: (type, { gpu }) => (type === 'Launcher' ? [...OPEN_MPI, ...(gpu ? [] : NO_GPU)] : []),
    trainerOnly: true,
  },
  paddle: {
    known: [...PADDLE, 'PADDLE_SERVER_NUM', 'PADDLE_TRAINER_NUM'],
    set: (type, { replicas }) => [
      ...PADDLE.filter((name) => name !== 'POD_IP_DUMMY'),
      ...(replicas.has('Master') ? [type === 'Master' ? 'PADDLE_SERVER_NUM' : 'PADDLE_TRAINER_NUM'] : []),
    ],
  },
  jax: { known: JAX, set: () => JAX },
};
