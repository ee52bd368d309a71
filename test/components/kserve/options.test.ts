import type { DaemonSet } from '../../../crds-imports/apps';
import type { LLMInferenceServiceConfig, LocalModelNodeGroupSpec } from '../../../crds-imports/serving.kserve.io';
import { podSpecs, toYaml } from '../../../lib';
import { errors, notes, thrown } from '../../support/app';
import { find, objectsOf } from '../../support/platform';
import { alone, configured, objects, serving } from './support';

const volume = (path: string): LocalModelNodeGroupSpec => ({
  storageLimit: '100Gi',
  persistentVolumeSpec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '100Gi' }, local: { path } },
  persistentVolumeClaimSpec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '100Gi' } } },
});

describe('local models', () => {
  test('have an agent in a namespace that admits what it mounts', () => {
    const assembly = serving({ localModel: { hostPath: '/data', nodeSelector: { models: 'here' }, reconcileSeconds: 5 } });
    expect(errors(assembly)).toEqual([]);
    const agent = find(assembly, 'DaemonSet', 'kserve-localmodelnode-agent', 'kserve-localmodel-jobs') as unknown as DaemonSet;
    expect(agent.spec?.template.spec).toMatchObject({
      nodeSelector: { models: 'here' },
      volumes: [{ name: 'models', hostPath: { path: '/data' } }],
    });
    // It reads the configuration of the controllers.
    expect(agent.spec?.template.spec?.containers[0]?.env).toContainEqual({ name: 'POD_NAMESPACE', value: 'kubeflow' });
    expect(find(assembly, 'Namespace', 'kserve-localmodel-jobs').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'privileged',
    });
    expect(configured(assembly.model.manifests, 'localModel')).toMatchObject({
      enabled: true,
      jobNamespace: 'kserve-localmodel-jobs',
      reconcilationFrequencyInSecs: 5,
    });
  });

  test('are not there unless asked for', () => {
    expect(configured(alone(), 'localModel')).toMatchObject({ enabled: false });
    expect(objects(alone()).filter(({ kind }) => kind === 'DaemonSet')).toEqual([]);
  });

  test('are looked for where the volumes of their nodes are', () => {
    const grouped = objects(alone({ localModel: { nodeGroups: { gpus: volume('/models') } } }));
    expect(grouped.find(({ kind }) => kind === 'LocalModelNodeGroup')?.spec).toMatchObject({ storageLimit: '100Gi' });
    expect(thrown(() => alone({ localModel: { nodeGroups: { gpus: volume('/mnt') } } })).message).toContain(
      'the volumes of the node group gpus are in /mnt, but the agent looks in /models',
    );
    expect(thrown(() => alone({ localModel: { hostPath: 'models' } })).message).toContain('must be an absolute path');
  });
});

describe('presets of LLMInferenceServices', () => {
  const assembly = serving({ llm: true });
  const presets = objectsOf(assembly, 'kserve').filter(
    ({ kind }) => kind === 'LLMInferenceServiceConfig',
  ) as unknown as LLMInferenceServiceConfig[];

  test('are those that the controller looks for, and a webhook checks them', () => {
    expect(errors(assembly)).toEqual([]);
    expect(presets.map(({ metadata }) => metadata.name).sort()).toEqual(
      [
        'decode-template',
        'decode-worker-data-parallel',
        'prefill-template',
        'prefill-worker-data-parallel',
        'router-route',
        'scheduler',
        'template',
        'worker-data-parallel',
      ].map((name) => `kserve-config-llm-${name}`),
    );
    expect(find(assembly, 'ValidatingWebhookConfiguration', 'llminferenceserviceconfig.serving.kserve.io').webhooks).toHaveLength(
      2,
    );
    expect(objects(alone()).map(({ metadata }) => metadata.name)).not.toContain('llminferenceserviceconfig.serving.kserve.io');
  });

  test('have the ports that belong together', () => {
    const decode = find(assembly, 'LLMInferenceServiceConfig', 'kserve-config-llm-decode-template');
    const [{ spec } = { spec: undefined }] = podSpecs(decode);
    const [server] = spec?.containers ?? [];
    expect(server?.ports?.[0]?.containerPort).toBe(8001);
    expect(server?.readinessProbe?.httpGet?.port).toBe(8001);
    expect(server?.command?.join(' ')).toContain('--port=8001');
    expect(spec?.initContainers?.[0]?.command).toContain('--vllm-port=8001');
  });

  test('are templates whose actions survive being written as JSON', () => {
    const text = presets.map((preset) => JSON.stringify(preset)).join();
    const actions = [...text.matchAll(/{{(.*?)}}/g)].map(([, action]) => action ?? '');
    expect(actions.length).toBeGreaterThan(100);
    for (const action of actions) expect(action).not.toMatch(/["\\<>&]/);
    const count = (pattern: RegExp) => actions.filter((action) => pattern.test(action)).length;
    expect(count(/^ if /)).toBe(count(/^ end /));
  });

  test('are told to need a Gateway', () => {
    expect(notes(assembly).join()).toContain('the presets of LLMInferenceServices make routes of the Gateway API');
  });

  test('read as a reviewer expects', () => {
    expect(toYaml(presets.find(({ metadata }) => metadata.name === 'kserve-config-llm-worker-data-parallel'))).toMatchSnapshot();
  });
});
