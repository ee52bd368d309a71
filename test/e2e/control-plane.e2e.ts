import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ControlPlane } from './control-plane';
import { type Kubectl, KubectlError } from './kubectl';
import { onAnyControlPlane } from './suites';

onAnyControlPlane('the control plane', (running) => {
  const namespace = `e2e-${randomUUID().slice(0, 8)}`;
  let controlPlane: ControlPlane;
  let kubectl: Kubectl;

  beforeAll(async () => {
    controlPlane = running();
    kubectl = controlPlane.kubectl;
    await kubectl.applyObjects([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
    await kubectl.wait('serviceaccount/default', 'create', { namespace });
  });

  afterAll(async () => {
    if (controlPlane?.external) {
      await kubectl.delete([`namespace/${namespace}`, `customresourcedefinition/${widgets.metadata.name}`], { wait: false });
    }
  });

  test('runs a Deployment and binds its claim', async () => {
    const { names } = await kubectl.applyObjects([claim, deployment], { namespace });
    expect(names).toEqual(['persistentvolumeclaim/data', 'deployment.apps/web']);
    await kubectl.wait('deployment/web', 'condition=Available', { namespace });
    await kubectl.wait('persistentvolumeclaim/data', 'jsonpath={.status.phase}=Bound', { namespace });
    const pods = await kubectl.get('pod', { namespace, selector: 'app=web' });
    expect(pods.map((pod) => pod.status)).toEqual([expect.objectContaining({ phase: 'Running' })]);
  });

  test('completes a Job', async () => {
    await kubectl.applyObjects([job], { namespace });
    await kubectl.wait('job/once', 'condition=Complete', { namespace });
  });

  test('serves a CustomResourceDefinition, with its CEL rules and its status', async () => {
    await kubectl.applyObjects([widgets]);
    await kubectl.wait(`customresourcedefinition/${widgets.metadata.name}`, 'condition=Established');
    await expect(kubectl.applyObjects([widget(-1)], { namespace })).rejects.toThrow('size must not be negative');
    await kubectl.applyObjects([widget(1)], { namespace });
    await kubectl.patch('widget/one', { status: { ready: true } }, { namespace, subresource: 'status' });
    const [stored] = await kubectl.get('widgets.e2e.example.com', { namespace, name: 'one' });
    expect(stored).toMatchObject({ spec: { size: 1 }, status: { ready: true } });
  });

  test('refuses a misspelt field', async () => {
    const misspelt = { ...deployment, spec: { ...deployment.spec, replica: 1 } };
    const refusal = kubectl.applyObjects([misspelt], { namespace, validate: 'strict', dryRun: true });
    await expect(refusal).rejects.toThrow('.spec.replica: field not declared in schema');
  });

  test('tells what it applied and what it refused', async () => {
    const invalid = { ...deployment, spec: { ...deployment.spec, replicas: 'two', paused: 'no' } };
    const nameless = { ...claim, metadata: { name: 'No Name' } };
    const refusal = kubectl.applyObjects([claim, invalid, nameless], { namespace, dryRun: true });
    const error = await refusal.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KubectlError);
    expect(error).toMatchObject({
      applied: { names: ['persistentvolumeclaim/data'] },
      refusals: [
        expect.stringMatching(/^.*Kind=Deployment.*(\n {2}\.spec\.(paused|replicas): expected .*){2}$/),
        expect.stringContaining('No Name'),
      ],
    });
  });

  test('leaves nothing behind when it stops', async () => {
    if (controlPlane.external) return;
    const folder = dirname(controlPlane.kubeconfig);
    expect(processesOf(folder)).toHaveLength(6);
    await controlPlane.stop();
    expect(processesOf(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });
});

/** The command lines that name the data folder: the five programs and the reaper. */
function processesOf(folder: string): string[] {
  const processes = execFileSync('ps', ['-A', '-ww', '-o', 'args'], { encoding: 'utf8' }).split('\n');
  return processes.filter((command) => command.includes(folder));
}

const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
      },
    },
  },
};

const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'once' },
  spec: {
    template: {
      spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.37', command: ['true'] }] },
    },
  },
};

const widgets = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.e2e.example.com' },
  spec: {
    group: 'e2e.example.com',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets', singular: 'widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: { size: { type: 'integer' } },
                'x-kubernetes-validations': [{ rule: 'self.size >= 0', message: 'size must not be negative' }],
              },
              status: { type: 'object', properties: { ready: { type: 'boolean' } } },
            },
          },
        },
      },
    ],
  },
};

const widget = (size: number) => ({
  apiVersion: 'e2e.example.com/v1',
  kind: 'Widget',
  metadata: { name: 'one' },
  spec: { size },
});
