import { Duration } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Elastic, Queue, Runtime, type TrainingJobProps } from '../../../lib';
import { RULES as trainingJobRules } from '../../../lib/workloads/training/rules';
import { describeSides, IMAGE as image, jobRefusal as refusal, type Sides } from '../../support/training';

const elastic = Elastic.between(1, 2);

/** Workers that are scaled by their processors. */
function scaled(type: 'Utilization' | 'AverageValue'): Elastic {
  const target = type === 'Utilization' ? { type, averageUtilization: 80 } : { type, averageValue: '2' };
  return Elastic.between(1, 2, { metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] });
}

/** A job whose pods are written by hand. */
function jaxPod(spec: object): TrainingJobProps {
  return { image, jax: { worker: 1 }, podOverrides: { spec } };
}

function jaxPorts(port: object): TrainingJobProps {
  return jaxPod({ containers: [{ name: 'jax', image, ports: [port] }] });
}

const TRAINING_JOBS: Readonly<Record<string, Sides>> = {
  'kubernetes/invalid-service-name': {
    refused: [{ image, jax: { worker: 1 } }, 'the name "1job" is not a DNS label', '1job'],
    accepted: [{ image, jax: { worker: 1 } }, 'job1'],
  },
  'training-operator/name-too-long': {
    refused: [{ image, pytorch: { master: 1, worker: 11 } }, '1 characters too long', 'a'.repeat(54)],
    accepted: [{ image, pytorch: { master: 1, worker: 10 } }, 'a'.repeat(54)],
  },
  'training-operator/no-replicas': {
    refused: [{ image, pytorch: {} }, 'the job has no replicas; give master or worker'],
    accepted: [{ image, pytorch: { worker: 1 } }],
  },
  'training-operator/unknown-replica-type': {
    refused: [
      { image, pytorch: { worker: 1, launcher: 1 } } as TrainingJobProps,
      'pytorch has no launcher; its replicas are master, worker',
    ],
    accepted: [{ image, mpi: { launcher: 1 } }],
  },
  'training-operator/several-coordinators': {
    refused: [{ image, pytorch: { master: 2 } } as unknown as TrainingJobProps, 'a pytorch job has exactly 1 master, not 2'],
    accepted: [{ image, pytorch: { master: 1 } }],
  },
  'training-operator/invalid-replica-count': {
    refused: [{ image, paddle: { worker: 0 } }, 'worker 0 is no number of replicas'],
    accepted: [{ image, paddle: { worker: 1 } }],
  },
  'training-operator/elastic-without-workers': {
    refused: [
      { image, pytorch: { master: 1, elastic: Elastic.between(1, 2) }, acknowledge: ['training-operator/elastic-master'] },
      'an elastic job has workers',
    ],
    accepted: [{ image, pytorch: { worker: 1, elastic: Elastic.between(1, 2) } }],
  },
  'training-operator/invalid-processes-per-node': {
    refused: [{ image, pytorch: { worker: 1, processesPerNode: 1.5 } }, 'processesPerNode is 1.5'],
    accepted: [{ image, pytorch: { worker: 1, processesPerNode: 'gpu' } }],
  },
  'training-operator/overwritten-variable': {
    refused: [
      { image, pytorch: { master: 1, worker: 1 }, env: { MASTER_ADDR: 'localhost', RANK: '0', LEVEL: 'debug' } },
      'master sets MASTER_ADDR, RANK in pytorch, which the operator overwrites; leave them out; worker sets MASTER_ADDR, RANK',
    ],
    accepted: [{ image, pytorch: { worker: 1 }, env: { MASTER_ADDR: 'localhost', RANK: '0' } }],
  },
  'training-operator/unset-variable': {
    refused: [
      { image, pytorch: { worker: 2, elastic }, args: ['--rdzv=$(MASTER_ADDR):29400'] },
      'worker refers to $(MASTER_ADDR) in pytorch, which the operator does not set before; it sets PET_NNODES, PET_NPROC_PER_NODE, PET_RDZV_BACKEND, PET_RDZV_ENDPOINT there, for command and args',
    ],
    accepted: [{ image, pytorch: { worker: 2, elastic }, args: ['--rdzv=$(PET_RDZV_ENDPOINT)', '$$(MASTER_ADDR)', '$(date)'] }],
  },
  'training-operator/unmeasurable-scaling': {
    refused: [
      { image, pytorch: { worker: 1, elastic: scaled('Utilization') } },
      'workers are scaled by the utilization of cpu, and pytorch asks for none; give resources with cpu',
    ],
    accepted: [{ image, pytorch: { worker: 1, elastic: scaled('Utilization') }, resources: { cpu: Cpu.units(2) } }],
  },
  'training-operator/workers-outside-elastic-range': {
    refused: [{ image, pytorch: { worker: 1, elastic: Elastic.between(2, 4) } }, 'give at least 2 workers'],
    accepted: [{ image, pytorch: { worker: 2, elastic: Elastic.between(2, 4) } }],
  },
  'training-operator/workers-without-master': {
    refused: [{ image, pytorch: { worker: 2 } }, '2 workers without a master do not find each other'],
    accepted: [{ image, pytorch: { worker: 1 } }],
  },
  'training-operator/chief-and-master': {
    refused: [{ image, tensorflow: { chief: 1, master: 1 } }, 'a chief or a master, not both'],
    accepted: [{ image, tensorflow: { chief: 1 } }],
  },
  'training-operator/xgboost-without-master': {
    refused: [{ image, xgboost: { worker: 1 } } as unknown as TrainingJobProps, 'an xgboost job has a master'],
    accepted: [{ image, xgboost: { master: 1 } }],
  },
  'training-operator/paddle-rendezvous': {
    refused: [{ image, paddle: { worker: 2, elastic: Elastic.between(1, 2, { backend: 'etcd' }) } }, 'elastic has no backend'],
    accepted: [{ image, paddle: { worker: 2, elastic: Elastic.between(1, 2, { maxRestarts: 3 }) } }],
  },
  'training-operator/jax-without-workers': {
    refused: [{ image, jax: {} } as unknown as TrainingJobProps, 'a jax job has workers'],
    accepted: [{ image, jax: { worker: 1 } }],
  },
  'training-operator/mpi-without-launcher': {
    refused: [{ image, mpi: { worker: 1 } } as unknown as TrainingJobProps, 'an mpi job has a launcher'],
    accepted: [{ image, mpi: { launcher: 1 } }],
  },

  'training-operator/no-image': {
    refused: [jaxPod({ containers: [{ name: 'jax', image: null }] }), 'worker has no image in jax'],
    accepted: [
      jaxPod({
        containers: [
          { name: 'jax', image },
          { name: 'side', image },
        ],
      }),
    ],
  },
  'training-operator/missing-container': {
    refused: [
      jaxPod({ containers: [{ $patch: 'replace' }, { name: 'main', image }] }),
      'worker needs a container called jax, not only main',
    ],
    accepted: [
      jaxPod({
        containers: [
          { name: 'main', image },
          { name: 'jax', image },
        ],
      }),
    ],
  },
  'training-operator/deprecated-elastic-processes': {
    refused: [
      { image, pytorch: { worker: 2, elastic }, overrides: { elasticPolicy: { nProcPerNode: 2 } } },
      'elasticPolicy.nProcPerNode is deprecated and refused beside nprocPerNode',
    ],
    accepted: [{ image, pytorch: { worker: 2, elastic, processesPerNode: 2 } }],
  },
  'training-operator/empty-rendezvous-config': {
    refused: [
      { image, pytorch: { worker: 2, elastic }, overrides: { elasticPolicy: { rdzvConf: [] } } },
      'elasticPolicy.rdzvConf is empty, on which the operator fails',
    ],
    accepted: [{ image, pytorch: { worker: 2, elastic: Elastic.between(1, 2, { config: {} }) } }],
  },
  'training-operator/unknown-manager': {
    refused: [
      { image, jax: { worker: 1 }, overrides: { runPolicy: { managedBy: 'example.com/me' } } },
      'managedBy is "example.com/me", must be kubeflow.org/training-operator or',
    ],
    accepted: [{ image, jax: { worker: 1 }, runPolicy: { managedBy: 'kueue.x-k8s.io/multikueue' } }],
  },
  'training-operator/overwritten-restart-policy': {
    refused: [
      jaxPod({ restartPolicy: 'Always' }),
      'worker has the restart policy Always in its pods, which the operator overwrites',
    ],
    accepted: [{ image, jax: { worker: { replicas: 1, restartPolicy: 'Always' } } }],
  },
  'training-operator/port-taken': {
    refused: [
      jaxPorts({ name: 'metrics', containerPort: 6666 }),
      'worker uses port 6666 as metrics, at which the operator adds jaxjob-port',
    ],
    accepted: [jaxPorts({ name: 'jaxjob-port', containerPort: 6666 })],
  },
  'kueue/invalid-queue-name': {
    refused: [{ image, jax: { worker: 1 }, queue: 'Team A' }, 'the queue "Team A" is not a DNS name'],
    accepted: [{ image, jax: { worker: 1 }, queue: 'team.a' }],
  },
  'kueue/execution-time-too-short': {
    refused: [
      { image, jax: { worker: 1 }, queue: Queue.of('a', { maxExecutionTime: Duration.seconds(0) }) },
      'maxExecutionTime is 0 seconds, must be at least 1',
    ],
    accepted: [{ image, jax: { worker: 1 }, queue: Queue.of('a', { maxExecutionTime: Duration.seconds(1) }) }],
  },
  'kueue/unmanaged-mpi-job': {
    refused: [{ image, mpi: { launcher: 1 }, queue: 'team-a' }, "Kueue does not know the Training Operator's MPIJobs"],
    accepted: [{ runtime: Runtime.shipped('deepspeed-distributed'), queue: 'team-a' }],
  },
};

describeSides('training jobs', trainingJobRules, TRAINING_JOBS);

test('rules are told together', () => {
  const message = refusal({ image, pytorch: { master: 1, worker: 0, processesPerNode: 0 } }, '1job');
  expect(message.match(/\((training-operator|kubernetes)\//g)).toHaveLength(3);
});
