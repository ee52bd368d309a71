import { App, type Chart } from 'cdk8s';
import {
  core,
  HpoExperiment,
  KubeObject,
  LLMInferenceServiceConfig,
  Mount,
  Runtime,
  synth,
  TrainingJob,
  type TrainingJobProps,
  Trial,
} from '../../../lib';
import { podSecurity } from '../../../lib/checks/pod-security/pod-security';
import { assembled, errors, refused, teamChart, warnings } from '../../support/app';
import { temporaryFolder } from '../../support/folder';
import { IMAGE as image } from '../../support/training';
import { least, rate } from '../../workloads/tuning/support';

/** A chart whose namespace holds its pods to a level. */
function held(level?: string): Chart {
  const chart = teamChart();
  const labels = {
    'katib.kubeflow.org/metrics-collector-injection': 'enabled',
    ...(level && { 'pod-security.kubernetes.io/enforce': level }),
  };
  new KubeObject(chart, 'namespace', core.namespaces, { metadata: { name: 'team', labels } });
  return chart;
}

/** What is said of a job in a namespace. */
function said(level: string | undefined, props: TrainingJobProps): string {
  const chart = held(level);
  new TrainingJob(chart, 'job', props);
  const assembly = assembled(chart, { checks: podSecurity });
  return [...errors(assembly), ...warnings(assembly)].join('\n');
}

const job: TrainingJobProps = { image, jax: { worker: 1 } };
const escaping: TrainingJobProps = { ...job, security: { privileged: true } };

describe('pods in a namespace that holds them to a level (kubernetes/pod-security)', () => {
  test('are told of in custom resources, with what is wrong', () => {
    expect(said('restricted', job)).toBe(
      'team/job/Resource: JAXJob team/job: the namespace team holds its pods to the level restricted, which refuses those of spec.jaxReplicaSpecs.Worker.template.spec: container jax: securityContext.allowPrivilegeEscalation must be false; the pod or container jax: securityContext.runAsNonRoot must be true; the pod or container jax: securityContext.seccompProfile.type must be RuntimeDefault or Localhost; container jax: securityContext.capabilities.drop must have ALL',
    );
    expect(said('baseline', escaping)).toContain('container jax: securityContext.privileged must be false, not true');
  });

  test('are those of services, not of the presets that services build on', () => {
    const chart = held('restricted');
    new LLMInferenceServiceConfig(chart, 'preset', { image, security: { capabilities: { add: ['IPC_LOCK'] } } });
    expect(errors(assembled(chart, { checks: podSecurity }))).toEqual([]);
  });

  test.each([['baseline'], ['privileged'], ['Restricted'], [undefined]])('are not told of at the level %s', (level) => {
    expect(said(level, job)).toBe('');
  });

  test('are told of in the trials of an experiment', () => {
    const chart = held('restricted');
    new HpoExperiment(chart, 'search', { ...least, trial: Trial.job({ image, command: ['train', `${rate}`] }) });
    expect(errors(assembled(chart, { checks: podSecurity })).join()).toContain(
      'which refuses those of spec.trialTemplate.trialSpec.spec.template.spec: container training-container',
    );
  });

  test('are held to the baseline where something else completes them', () => {
    const torch = Runtime.shipped('torch-distributed');
    const patched = { runtime: torch, mounts: { '/x': Mount.empty('x') } };
    expect(said('restricted', patched)).toBe('');
    expect(said('restricted', { ...patched, security: { privileged: true } })).toContain('securityContext.privileged');
  });

  test('are told of by every synthesis', () => {
    const chart = held('restricted');
    new TrainingJob(chart, 'job', job);
    const findings = refused(() => synth(App.of(chart) as App, { outdir: temporaryFolder(), report: () => {} }));
    expect(findings.map(({ rule }) => rule)).toContain('kubernetes/pod-security');
  });
});

describe('containers that controllers add (kubernetes/pod-security-of-controller)', () => {
  const added = 'and the Training Operator adds the container init-pytorch to those of spec.pytorchReplicaSpecs.Worker';

  test('are told of where the Training Operator adds them', () => {
    expect(said('restricted', { image, pytorch: { master: 1, worker: 2 } })).toContain(added);
    expect(said('restricted', { image, pytorch: { master: 1 } })).not.toContain('adds the container');
    expect(said('baseline', { image, pytorch: { master: 1, worker: 2 } })).not.toContain('adds the container');
    expect(said('restricted', { image, mpi: { launcher: 1, worker: 2 } })).toContain('adds the container kubectl-delivery');
  });

  test('are told of in the trials of an experiment', () => {
    const chart = held('restricted');
    const trial = Trial.trainingJob({ image, command: ['train', `${rate}`], pytorch: { master: 1, worker: 1 } });
    new HpoExperiment(chart, 'search', { ...least, trial });
    expect(warnings(assembled(chart, { checks: podSecurity })).join()).toContain(
      'adds the container init-pytorch to those of spec.trialTemplate.trialSpec.spec.pytorchReplicaSpecs.Worker',
    );
  });

  test('are told of where Katib runs the algorithm of an experiment', () => {
    const told = (level: string) => {
      const chart = held(level);
      new HpoExperiment(chart, 'search', {
        ...least,
        trial: Trial.job({ image, command: ['train', `${rate}`], podSecurity: 'restricted' }),
      });
      const assembly = assembled(chart, { checks: podSecurity });
      expect(errors(assembly)).toEqual([]);
      return warnings(assembly).join();
    };
    expect(told('restricted')).toContain('Katib makes pods for it with the container suggestion, which does not meet it');
    expect(told('baseline')).not.toContain('suggestion');
  });
});
