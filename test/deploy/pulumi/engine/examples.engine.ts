/** The programs of this repository as a user runs them, with Pulumi's real engine. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assembly } from '../../../../lib';
import { FACTS } from '../../../../lib/kinds';
import type { Environment } from '../../../../stacks/environments/environment';
import { environments, platform } from '../../../../stacks/platform';
import type { KubernetesObject } from '../../../e2e/kubectl';
import { PlayedControllers } from './controllers';
import { isOnPath } from './missing';
import { establish } from './objects';
import { Backend } from './project';
import { onEngine, timed } from './suite';

interface Deployment extends KubernetesObject {
  readonly spec: { readonly replicas: number };
}

onEngine('the programs of the repository', (engine) => {
  const kubectl = () => engine().kubectl;
  let played: PlayedControllers;

  beforeAll(() => {
    played = new PlayedControllers(kubectl());
  });

  afterAll(() => played?.stop());

  const deployment = (name: string, namespace: string) => kubectl().get<Deployment>('deployment', { name, namespace });
  const definitions = () => kubectl().get('crd');

  test('a stack of the platform, and one of a tenant that refers to it', async () => {
    const { backend, kubeconfig } = engine();
    const [, token] = /"token":"([^"]+)"/.exec(readFileSync(kubeconfig, 'utf8')) ?? [];
    const operator = backend.copy('examples/pulumi/platform');
    await operator.run('stack', 'init', 'main');
    await operator.configure('kubeconfig', readFileSync(kubeconfig, 'utf8'), '--secret');
    await operator.configure('registry', 'registry.example.com');
    await timed('up, the platform of the examples', () => operator.up());

    const tenant = backend.copy('examples/pulumi/tenant');
    await tenant.run('stack', 'init', 'ml-team-a');
    await tenant.configure('platform', 'organization/kubeflow-platform/main');
    await timed('up, its tenant', () => tenant.up());
    const [job] = await kubectl().get('pytorchjob', { namespace: 'ml-team-a', name: 'imagenet-resnet50' });
    expect(JSON.stringify(job)).toContain('"image":"registry.example.com/ml-team-a/resnet-train:1.4"');
    expect(await tenant.preview()).toEqual([]);
    for (const stack of [operator, tenant]) expect(await stack.run('stack', 'export')).not.toContain(token);

    await tenant.destroy();
    expect(await kubectl().get('pytorchjob', { namespace: 'ml-team-a' })).toEqual([]);
    expect(await deployment('training-operator', 'kubeflow')).toHaveLength(1);
    const installed = await definitions();
    await operator.destroy();
    expect(await deployment('training-operator', 'kubeflow')).toEqual([]);
    expect((await definitions()).map(({ metadata }) => metadata.uid)).toEqual(installed.map(({ metadata }) => metadata.uid));
  });

  test('the environment of the configuration, with its component options, where somebody else installs the definitions', async () => {
    const { manifests } = Assembly.of(platform(environments.laptop as Environment), { facts: FACTS }).model;
    await establish(
      kubectl(),
      manifests.filter(({ kind }) => kind === 'CustomResourceDefinition') as readonly KubernetesObject[],
    );
    const project = engine().backend.copy('.');
    await project.run('stack', 'init', 'laptop');
    await project.configure('definitions', 'existing');
    await project.configure('components.certManager.replica', '2', '--path');
    await expect(project.run('preview')).rejects.toThrow(/kubeflow:components\.certManager\.replica: .*replica.* does not exist/);
    await project.configure('components.certManager.replica', undefined, '--path');
    await project.configure('components.certManager.replicas', '2', '--path');
    await timed('up, the laptop', () => project.up());
    expect(await deployment('cert-manager', 'cert-manager')).toMatchObject([{ spec: { replicas: 2 } }]);
    expect(await deployment('katib-controller', 'kubeflow')).toHaveLength(1);
    expect(await timed('preview, nothing changed, of the laptop', () => project.preview())).toEqual([]);
    await timed('destroy, the laptop', () => project.destroy());
    expect(await deployment('katib-controller', 'kubeflow')).toEqual([]);
    // With its namespace, the claim of the database.
    expect(await kubectl().get('persistentvolumeclaim', { namespace: 'kubeflow' })).toHaveLength(1);
  });

  const others = ['pulumi-resource-command', 'pulumi-resource-random'];
  (others.every(isOnPath) ? test : test.skip)('a cluster, and the platform on it in the same program', async () => {
    const programs = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-kind-'));
    // The cluster that it makes is the one that is there.
    const kind = join(programs, 'kind');
    writeFileSync(kind, `#!/bin/sh\n[ "$1" != get ] || cat "$KUBECONFIG"\n`);
    chmodSync(kind, 0o755);
    const backend = new Backend(engine().kubeconfig, programs);
    try {
      const project = backend.copy('examples/pulumi/cluster');
      await project.run('stack', 'init', 'test');
      await timed('up, a cluster and the platform on it', () => project.up());
      expect(await deployment('jobset-controller-manager', 'kubeflow-system')).toHaveLength(1);
      expect((await project.run('stack', 'output', 'credentialsName')).trim()).toBe('store-credentials');
      expect(await project.preview()).toEqual([]);
      await project.destroy();
    } finally {
      backend.remove();
      rmSync(programs, { recursive: true });
    }
  });
});
