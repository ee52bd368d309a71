import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { Gpu, JobClaim, JobSet, type JobSetProps, NamespaceBaseline, Queue, toYaml } from '../../../lib';
import { podSecurity } from '../../../lib/checks/pod-security/pod-security';
import { JOB_SET_WORKLOAD_RULES as jobSetRules } from '../../../lib/workloads/training/job-set-rules';
import { assembled, errors, teamChart } from '../../support/app';
import { type Build, describeRules, refusal, type Sides, yaml } from '../../support/rules';
import { IMAGE as image } from '../../support/training';

/** A set of one job, but for what is said. */
const build =
  (props: Partial<JobSetProps>, name = 'set'): Build =>
  (chart) =>
    new JobSet(chart, name, { jobs: { worker: { image } }, ...props });

/** Sets whose spec is written by hand. */
const written = (overrides: object) => build({ overrides: overrides as Record<string, unknown> });

const measured = { worker: { image, resources: { cpu: 1 } } };
const two = { leader: { image }, worker: { image } };

const SIDES: Sides = {
  'kubernetes/invalid-service-name': { refused: [[build({}, '1set'), 'the name "1set"']], accepted: [build({}, 'set1')] },
  'jobset/name-too-long': {
    refused: [
      [
        build({ jobs: { worker: { image, pods: 11 } } }, 'a'.repeat(46)),
        'the name is 1 characters too long: a pod of worker is called',
      ],
    ],
    accepted: [build({ jobs: { worker: { image, pods: 10 } } }, 'a'.repeat(46))],
  },
  'jobset/invalid-count': {
    refused: [
      [
        build({ jobs: { worker: { image, replicas: 0, pods: 1.5 } } }),
        'job worker has 0 replicas, must be a whole number of at least 1; job worker has 1.5 pods',
      ],
    ],
    accepted: [build({ jobs: { worker: { image, replicas: 2, pods: 3 } } })],
  },
  'jobset/invalid-job-name': {
    refused: [[build({ jobs: { Worker: { image } } }), 'the name of a job, "Worker"']],
    accepted: [build({ jobs: { worker: { image } } })],
  },
  'jobset/too-many-pods': {
    refused: [[build({ jobs: { worker: { image, replicas: 2 ** 20, pods: 2 ** 20 } } }), 'must be at most 2147483647']],
    accepted: [build({ jobs: { worker: { image, replicas: 2, pods: 2 } } })],
  },
  'jobset/invalid-order': {
    refused: [
      [
        build({ jobs: { ...two, leader: { image, after: { worker: 'Ready' } } } }),
        'job leader is the first, so it depends on no other',
      ],
      [build({ jobs: { ...two, worker: { image, after: { leader: 'Ready' } } }, inOrder: true }), 'say one of both'],
    ],
    accepted: [build({ jobs: { ...two, worker: { image, after: { leader: 'Complete' } } } }), build({ inOrder: true })],
  },
  'jobset/unknown-policy-target': {
    refused: [[build({ success: { when: 'All', of: ['leader'] } }), 'its policies name leader, which is no job of it']],
    accepted: [build({ success: { when: 'Any', of: ['worker'] } })],
  },
  'jobset/invalid-failure-rule': {
    refused: [[written({ failurePolicy: { rules: [{ name: '1', action: 'FailJobSet' }] } }), 'the failure rule "1"']],
    accepted: [written({ failurePolicy: { rules: [{ name: 'a', action: 'FailJobSet' }] } })],
  },
  'jobset/unavailable-restart-strategy': {
    refused: [[written({ failurePolicy: { restartStrategy: 'InPlaceRestart' } }), 'InPlaceRestart is off in this release']],
    accepted: [build({ maxRestarts: 3 })],
  },
  'jobset/unknown-coordinator': {
    refused: [[written({ coordinator: { replicatedJob: 'leader' } }), 'the coordinator is in leader, which is no job of it']],
    accepted: [written({ coordinator: { replicatedJob: 'worker' } })],
  },
  'jobset/invalid-manager': {
    refused: [[build({ managedBy: 'me' }), 'managedBy is "me", must be a path with a domain']],
    accepted: [build({ managedBy: 'kueue.x-k8s.io/multikueue' })],
  },
  'jobset/invalid-subdomain': {
    refused: [[build({ subdomain: 'A' }), 'the subdomain "A"']],
    accepted: [build({ subdomain: 'workers' })],
  },
  'jobset/invalid-claims': {
    refused: [
      [
        build({ claims: { '/a': JobClaim.of('data', { size: '1Gi' }), '/b': JobClaim.of('data', { size: '1Gi' }) } }),
        'two claims are called data',
      ],
    ],
    accepted: [build({ claims: { '/a': JobClaim.of('data', { size: '1Gi' }) } })],
  },
  'kueue/invalid-queue-name': {
    refused: [[build({ queue: 'A' }), 'the queue "A"']],
    accepted: [build({ queue: 'a', jobs: measured })],
  },
  'kueue/execution-time-too-short': {
    refused: [[build({ queue: Queue.of('a', { maxExecutionTime: Duration.seconds(0) }) }), 'maxExecutionTime is']],
    accepted: [build({ queue: Queue.of('a', { maxExecutionTime: Duration.seconds(1) }), jobs: measured })],
  },
  'kueue/no-resources': {
    warned: [
      (acknowledge) => build({ queue: 'a', acknowledge }),
      'worker in a queue ask for no resources, so Kueue counts them as nothing; give resources',
    ],
    accepted: [build({ queue: 'a', jobs: measured })],
  },
};

describeRules('rules of sets of jobs', jobSetRules, SIDES);

describe('JobSet', () => {
  test('the simplest, with nothing that nobody asked for', () => {
    expect(parse(yaml(build({})))).toEqual({
      apiVersion: 'jobset.x-k8s.io/v1alpha2',
      kind: 'JobSet',
      metadata: { name: 'set', namespace: 'team' },
      spec: {
        replicatedJobs: [
          { name: 'worker', template: { spec: { template: { spec: { containers: [{ name: 'main', image }] } } } } },
        ],
      },
    });
  });

  test('with everything', () => {
    const { metadata, spec } = parse(
      yaml(
        build({
          name: 'pretrain',
          labels: { a: 'b' },
          annotations: { c: 'd' },
          queue: 'team-a',
          jobs: {
            leader: { image, container: 'leader', restartPolicy: 'Never' },
            worker: {
              image,
              replicas: 2,
              pods: 4,
              backoffLimit: 0,
              after: { leader: 'Ready' },
              resources: { gpu: Gpu.nvidia(8) },
              podOverrides: { spec: { containers: [{ name: 'main', tty: true }] } },
            },
          },
          success: { when: 'All', of: ['worker'] },
          maxRestarts: 3,
          subdomain: 'workers',
          claims: { '/data': JobClaim.of('data', { size: '20Gi', accessMode: 'ReadWriteMany' }) },
          ttlAfterFinished: Duration.hours(1),
          suspend: true,
          acknowledge: ['kueue/no-resources'],
        }),
      ),
    );
    expect(metadata).toEqual({
      name: 'pretrain',
      namespace: 'team',
      labels: { a: 'b', 'kueue.x-k8s.io/queue-name': 'team-a' },
      annotations: { c: 'd' },
    });
    const volumeMounts = [{ name: 'data', mountPath: '/data' }];
    expect(spec).toMatchObject({
      successPolicy: { operator: 'All', targetReplicatedJobs: ['worker'] },
      failurePolicy: { maxRestarts: 3 },
      network: { subdomain: 'workers' },
      ttlSecondsAfterFinished: 3600,
      suspend: true,
      replicatedJobs: [
        {
          name: 'leader',
          template: {
            spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'leader', image, volumeMounts }] } } },
          },
        },
        {
          name: 'worker',
          replicas: 2,
          dependsOn: [{ name: 'leader', status: 'Ready' }],
          template: {
            spec: {
              parallelism: 4,
              completions: 4,
              backoffLimit: 0,
              template: {
                spec: {
                  containers: [{ name: 'main', image, resources: { limits: { 'nvidia.com/gpu': 8 } }, volumeMounts, tty: true }],
                },
              },
            },
          },
        },
      ],
    });
  });

  test('gets the level of pod security that its namespace says', () => {
    const chart = teamChart();
    new NamespaceBaseline(chart, 'team');
    new JobSet(chart, 'set', { jobs: { worker: { image } } });
    const assembly = assembled(chart, { checks: podSecurity });
    expect(errors(assembly)).toEqual([]);
    expect(toYaml(assembly.model.manifests.at(-1))).toContain('runAsNonRoot: true');
  });

  test('says what values have to say', () => {
    expect(refusal(build({ jobs: { worker: { image, resources: { memory: '16GB' } } } }))).toContain(
      'team/set: "16GB" is no amount',
    );
  });
});
