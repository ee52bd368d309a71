import { type batch, Mount, Trial } from '../../../lib';
import { experiment, image, job, placeholder, pods, rate, refusal, trial } from './support';

describe('a Job that Katib reads, writes again and compares', () => {
  /** The pods of a trial, as they are declared. */
  const podOf = (built: Trial) => {
    const { spec } = experiment(trial(built)) as { spec: { trialTemplate: { trialSpec: batch.Job } } };
    return spec.trialTemplate.trialSpec.spec?.template.spec;
  };

  test('is without what is empty', () => {
    const pod = podOf(
      Trial.job({
        image,
        command: ['train', `${rate}`],
        args: [],
        env: { STAGE: '' },
        mounts: { '/data': Mount.claim('data', { readOnly: false }) },
        tolerations: [{ key: '', operator: 'Exists' }],
        podOverrides: { spec: { hostNetwork: false, automountServiceAccountToken: false, nodeSelector: {} } },
      }),
    );
    expect(pod?.containers[0]).toEqual({
      name: 'training-container',
      image,
      command: ['train', placeholder('rate')],
      env: [{ name: 'STAGE' }],
      volumeMounts: [{ name: 'data', mountPath: '/data' }],
    });
    expect(pod?.tolerations).toEqual([{ operator: 'Exists' }]);
    expect(pod).not.toHaveProperty('hostNetwork');
    expect(pod).not.toHaveProperty('nodeSelector');
    expect(pod).toHaveProperty('automountServiceAccountToken', false);
  });

  test.each([
    ['1024Mi', '1Gi'],
    ['1500Mi', '1500Mi'],
    ['0.5Gi', '512Mi'],
    ['8Gi', '8Gi'],
    ['1048576Ki', '1Gi'],
    ['0Mi', '0Mi'],
    ['1G', '1G'],
  ])('has %s as %s', (given, written) => {
    const volumes = [{ name: 'shm', emptyDir: { sizeLimit: given } }];
    const pod = podOf(Trial.job({ image, command: ['train', `${rate}`], podOverrides: { spec: { volumes } } }));
    expect(pod?.volumes?.[0]?.emptyDir).toEqual({ sizeLimit: written });
  });

  test('keeps the texts of labels, and is left alone when it is of another kind', () => {
    const labels = { value: '', stage: 'test' };
    const { spec } = experiment(trial(job(pods(), { labels }))) as { spec: { trialTemplate: { trialSpec: batch.Job } } };
    expect(spec.trialTemplate.trialSpec.metadata?.labels).toEqual(labels);
    const other = experiment(
      trial(Trial.trainingJob({ image, pytorch: { worker: 1 }, command: [`${rate}`], env: { STAGE: '' } })),
    );
    expect(JSON.stringify(other)).toContain('{"name":"STAGE","value":""}');
  });

  test.each([
    [{ resources: { limits: { memory: `${rate}Gi` } } }, 'spec.template.spec.containers[0].resources.limits.memory'],
    [{ resources: { requests: { 'nvidia.com/gpu': `${rate}` } } }, 'resources.requests["nvidia.com/gpu"]'],
  ])('has no placeholder in an amount: %j', (container, path) => {
    const message = refusal(trial(job(pods({ ...container }))));
    expect(message).toContain(`${path} of the trial cannot be an amount of a Job`);
    expect(message).toContain('(katib/placeholder-in-number)');
  });

  test('may be of a kind that has placeholders in amounts', () => {
    const podOverrides = { spec: { containers: [{ name: 'pytorch', image, resources: { limits: { memory: `${rate}Gi` } } }] } };
    experiment(trial(Trial.trainingJob({ image, pytorch: { worker: 1 }, podOverrides })));
  });
});
