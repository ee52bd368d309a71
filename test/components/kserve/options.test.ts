import type { DaemonSet } from '../../../crds-imports/apps';
import type { ClusterRole } from '../../../crds-imports/rbac.authorization.k8s.io';
import type { LLMInferenceServiceConfig, LocalModelNodeGroupSpec } from '../../../crds-imports/serving.kserve.io';
import type { KServe } from '../../../lib';
import { podSpecs } from '../../../lib/core';
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

  test('are in a folder that the agent and the Jobs may write to, also where the kubelet has just made it', () => {
    const assembly = serving({ localModel: { fsGroup: 2000 } });
    const agent = find(assembly, 'DaemonSet', 'kserve-localmodelnode-agent', 'kserve-localmodel-jobs') as unknown as DaemonSet;
    const { initContainers = [], containers = [] } = agent.spec?.template.spec ?? {};
    expect(initContainers[0]).toMatchObject({
      command: ['chown', '1000:2000', '/mnt/models'],
      securityContext: { runAsUser: 0, runAsNonRoot: false, capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
      volumeMounts: [{ name: 'models', mountPath: '/mnt/models' }],
    });
    expect(containers[0]?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, runAsGroup: 2000 });
  });

  test('give their agent credentials in the namespace of its Jobs only', () => {
    const manifests = objects(alone({ localModel: {} })).filter(
      ({ metadata }) => metadata.name === 'kserve-localmodelnode-agent-role',
    );
    const may = (kind: string, namespace?: string) =>
      (
        manifests.find((role) => role.kind === kind && role.metadata.namespace === namespace) as unknown as ClusterRole
      ).rules?.flatMap(({ resources = [], verbs }) => resources.map((resource) => `${resource}: ${verbs.join(' ')}`));
    expect(may('Role', 'kserve-localmodel-jobs')).toEqual(['jobs: create delete', 'secrets: get', 'serviceaccounts: get']);
    expect(may('Role', 'kubeflow')).toEqual(['configmaps: get']);
    expect(may('ClusterRole')?.filter((right) => /secrets|serviceaccounts|create|delete/.test(right))).toEqual([]);
  });

  test('are not there unless asked for, and neither is what would take caches and not load them', () => {
    expect(configured(alone(), 'localModel')).toMatchObject({ enabled: false });
    const names = (of: KServe) =>
      objects(of)
        .filter(({ kind }) => !['CustomResourceDefinition', 'ClusterRole'].includes(kind))
        .map(({ metadata }) => metadata.name)
        .filter((name) => /local-?model/.test(name));
    expect(names(alone())).toEqual([]);
    expect(names(alone({ localModel: {} }))).toEqual(
      expect.arrayContaining([
        'kserve-localmodel-controller-manager',
        'localmodelcache.serving.kserve.io',
        'localmodel-serving-cert',
      ]),
    );
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

  test('start a leader that answers requests, and workers that take the ranks after it', () => {
    const preset = presets.find(({ metadata }) => metadata.name === 'kserve-config-llm-worker-data-parallel');
    const [leader, worker] = [preset?.spec?.template, preset?.spec?.worker].map((pod) => pod?.containers?.[0]);
    const script = (container: typeof leader) => container?.command?.[2];
    expect(script(leader)).toMatch(/--api-server-count="\$\{VLLM_API_SERVER_COUNT:-8\}" /);
    expect(script(leader)).toContain('--data-parallel-start-rank=0 ');
    expect(script(leader)).not.toContain('--headless');
    expect(script(worker)).toContain('--headless ');
    expect(script(worker)).toMatch(
      /-start-rank=\$\(\( \$\{LWS_WORKER_INDEX:-0\} \* \{\{ or \.Spec\.Parallelism\.DataLocal 1 \}\} \)\) /,
    );
    expect(leader?.startupProbe).toMatchObject({ httpGet: { path: '/health', port: 8000 }, failureThreshold: 60 });
    expect(worker).not.toHaveProperty('startupProbe');
    for (const container of [leader, worker]) {
      expect(script(container)).toMatch(/--data-parallel-address="\$\{leader:-\$LWS_LEADER_ADDRESS\}" /);
      expect(container?.securityContext?.capabilities?.add).toEqual(['IPC_LOCK', 'SYS_RAWIO', 'NET_RAW']);
      expect(container?.volumeMounts).toContainEqual({ name: 'tls-certs', mountPath: '/var/run/kserve/tls', readOnly: true });
    }
  });
});
