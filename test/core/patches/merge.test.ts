import type { Manifest } from '../../../lib/core';
import { mergePatch, strategicMerge } from '../../../lib/core/patches/merge';
import { custom, manifest, service, workload } from '../../support/manifests';

describe('a merge patch', () => {
  // The examples of RFC 7386, appendix A.
  test.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j and %j is %j', (target, change, result) => {
    const before = structuredClone(target);
    expect(mergePatch(target, change)).toStrictEqual(result);
    expect(target).toStrictEqual(before);
  });
});

/** The pod of a Deployment after a strategic merge into it. */
function pod(object: Manifest, change: object): Record<string, unknown> {
  const result = strategicMerge(object, { spec: { template: { spec: change } } }) as unknown as {
    spec: { template: { spec: Record<string, unknown> } };
  };
  return result.spec.template.spec;
}

describe('a strategic merge', () => {
  const deployment = workload('app', {
    pod: {
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'b', emptyDir: {} },
      ],
      nodeSelector: { a: '1', b: '2' },
      tolerations: [{ key: 'x' }],
    },
    container: {
      args: ['--one', '--two'],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      ports: [{ containerPort: 80, name: 'http' }],
      volumeMounts: [{ name: 'a', mountPath: '/a' }],
    },
  });

  test('merges containers by name, and adds others', () => {
    expect(
      pod(deployment, {
        containers: [
          { name: 'main', image: 'new:1' },
          { name: 'sidecar', image: 'side:1', args: null },
        ],
      }).containers,
    ).toMatchObject([
      { name: 'main', image: 'new:1', args: ['--one', '--two'] },
      { name: 'sidecar', image: 'side:1' },
    ]);
  });

  test('strips from what it adds what only the patch means', () => {
    const { containers } = pod(deployment, {
      containers: [{ name: 'sidecar', args: null, env: [{ name: 'A', value: null, $patch: 'merge' }] }],
    });
    expect((containers as unknown[])[1]).toStrictEqual({ name: 'sidecar', env: [{ name: 'A' }] });
  });

  test.each([
    [
      'variables by name',
      {
        env: [
          { name: 'B', value: '3' },
          { name: 'C', value: '4' },
        ],
      },
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '3' },
          { name: 'C', value: '4' },
        ],
      },
    ],
    [
      'ports by number',
      { ports: [{ containerPort: 80, name: 'web' }, { containerPort: 81 }] },
      { ports: [{ containerPort: 80, name: 'web' }, { containerPort: 81 }] },
    ],
    [
      'mounts by path',
      { volumeMounts: [{ mountPath: '/a', readOnly: true }] },
      { volumeMounts: [{ name: 'a', mountPath: '/a', readOnly: true }] },
    ],
  ])('merges %s', (_, change, result) => {
    expect(pod(deployment, { containers: [{ name: 'main', ...change }] }).containers).toMatchObject([result]);
  });

  test('merges volumes by name', () => {
    expect(pod(deployment, { volumes: [{ name: 'b', emptyDir: null, configMap: { name: 'c' } }] }).volumes).toStrictEqual([
      { name: 'a', emptyDir: {} },
      { name: 'b', configMap: { name: 'c' } },
    ]);
  });

  test('merges the ports of a Service by number', () => {
    const object = service('s', {
      ports: [
        { port: 80, name: 'http' },
        { port: 443, name: 'https' },
      ],
    });
    expect(strategicMerge(object, { spec: { ports: [{ port: 443, targetPort: 8443 }] } }).spec).toMatchObject({
      ports: [
        { port: 80, name: 'http' },
        { port: 443, name: 'https', targetPort: 8443 },
      ],
    });
  });

  test('replaces lists that have no key', () => {
    expect(pod(deployment, { containers: [{ name: 'main', args: ['--three'] }] }).containers).toMatchObject([
      { args: ['--three'] },
    ]);
    expect(pod(deployment, { tolerations: [{ key: 'y' }] }).tolerations).toStrictEqual([{ key: 'y' }]);
  });

  test('removes what is null', () => {
    expect(pod(deployment, { nodeSelector: { a: null, c: '3' }, tolerations: null })).toMatchObject({
      nodeSelector: { b: '2', c: '3' },
    });
    expect(pod(deployment, { nodeSelector: { a: null } }).nodeSelector).toStrictEqual({ b: '2' });
    expect(pod(deployment, { tolerations: null })).not.toHaveProperty('tolerations');
  });

  test('deletes an item, a member', () => {
    expect(pod(deployment, { volumes: [{ name: 'a', $patch: 'delete' }] }).volumes).toStrictEqual([{ name: 'b', emptyDir: {} }]);
    expect(pod(deployment, { nodeSelector: { $patch: 'delete' } })).not.toHaveProperty('nodeSelector');
    expect(() => pod(deployment, { volumes: [{ name: 'c', $patch: 'delete' }] })).toThrow('no item has name "c"');
  });

  test('replaces an item, a map, a list', () => {
    expect(pod(deployment, { containers: [{ name: 'main', image: 'x', $patch: 'replace' }] }).containers).toStrictEqual([
      { name: 'main', image: 'x' },
    ]);
    expect(pod(deployment, { nodeSelector: { $patch: 'replace', c: '3' } }).nodeSelector).toStrictEqual({ c: '3' });
    expect(pod(deployment, { volumes: [{ $patch: 'replace' }, { name: 'c', emptyDir: {} }] }).volumes).toStrictEqual([
      { name: 'c', emptyDir: {} },
    ]);
    expect(pod(deployment, { volumes: [{ $patch: 'replace' }] }).volumes).toStrictEqual([]);
  });

  test('refuses a directive that nobody knows', () => {
    expect(() => pod(deployment, { nodeSelector: { $patch: 'remove' } })).toThrow(
      '$patch is "remove", must be one of merge, replace, delete',
    );
    expect(() => pod(deployment, { volumes: [{ name: 'a', $patch: 'remove' }] })).toThrow('$patch is "remove"');
  });

  test('makes lists and maps that are not there', () => {
    expect(
      pod(deployment, { hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }], securityContext: { fsGroup: 1 } }),
    ).toMatchObject({
      hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }],
      securityContext: { fsGroup: 1 },
    });
  });

  test('of a custom resource merges by the keys of its schema, or else by the names that all items have', () => {
    const job = manifest('kubeflow.org/v1', 'PyTorchJob', 'job', 'team', {
      spec: { pytorchReplicaSpecs: { Worker: { template: { spec: { containers: [{ name: 'pytorch', image: 'a' }] } } } } },
    });
    const change = {
      spec: { pytorchReplicaSpecs: { Worker: { template: { spec: { containers: [{ name: 'pytorch', args: ['x'] }] } } } } },
    };
    expect(strategicMerge(job, change).spec).toMatchObject({
      pytorchReplicaSpecs: { Worker: { template: { spec: { containers: [{ name: 'pytorch', image: 'a', args: ['x'] }] } } } },
    });
    const unknown = { ...custom('Odd', 'o'), spec: { named: [{ name: 'a', x: 1 }], unnamed: [{ x: 1 }] } };
    expect(strategicMerge(unknown, { spec: { named: [{ name: 'a', y: 2 }], unnamed: [{ y: 2 }] } }).spec).toStrictEqual({
      named: [{ name: 'a', x: 1, y: 2 }],
      unnamed: [{ y: 2 }],
    });
    const partly = { ...custom('Odd', 'o'), spec: { items: [{ name: 'a', x: 1 }, { x: 1 }] } };
    expect(strategicMerge(partly, { spec: { items: [{ name: 'a', y: 2 }] } }).spec).toStrictEqual({
      items: [{ name: 'a', y: 2 }],
    });
    const status = { conditions: [{ type: 'Complete', status: 'True' }] };
    const keyed = manifest('trainer.kubeflow.org/v1alpha1', 'TrainJob', 'job', 'team', { status });
    expect(strategicMerge(keyed, { status: { conditions: [{ type: 'Complete', reason: 'Done' }] } })).toHaveProperty('status', {
      conditions: [{ type: 'Complete', status: 'True', reason: 'Done' }],
    });
  });

  test('leaves the object as it is', () => {
    const before = structuredClone(deployment);
    pod(deployment, {
      containers: [{ name: 'main', image: 'x' }],
      volumes: [{ name: 'a', $patch: 'delete' }],
      nodeSelector: null,
    });
    expect(deployment).toStrictEqual(before);
  });
});
