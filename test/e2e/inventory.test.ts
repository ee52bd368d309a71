import { byName, changes, writes } from './inventory';
import type { KubernetesObject } from './kubectl';

type Metadata = Partial<KubernetesObject['metadata']>;

const deployment = (fields: { metadata?: Metadata; spec?: unknown; status?: unknown } = {}): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec: { replicas: 1 },
  ...fields,
  metadata: { name: 'web', namespace: 'team', uid: '1', resourceVersion: '1', generation: 1, ...fields.metadata },
});

const reading = (...objects: KubernetesObject[]) => byName(objects);

describe('changes', () => {
  test('status and notes of the server are none', () => {
    const after = deployment({
      metadata: { resourceVersion: '2', generation: 2, managedFields: [{ manager: 'kubectl' }] },
      status: { replicas: 1 },
    });
    expect(changes(reading(deployment()), reading(after))).toEqual([]);
  });

  test('objects that are new, gone, replaced or changed are told by name', () => {
    const name = 'Deployment.apps team/web';
    expect(changes(reading(), reading(deployment()))).toEqual([`${name} is new`]);
    expect(changes(reading(deployment()), reading())).toEqual([`${name} is gone`]);
    expect(changes(reading(deployment()), reading(deployment({ metadata: { uid: '2' } })))).toEqual([`${name} was replaced`]);
    expect(changes(reading(deployment()), reading(deployment({ spec: { replicas: 2 } })))).toEqual([
      `${name} changed\n  spec.replicas: 1 expected, 2 found`,
    ]);
    expect(changes(reading(deployment()), reading(deployment({ spec: { replicas: 1, paused: true } })))).toEqual([
      `${name} changed\n  it has fields that it did not have`,
    ]);
  });
});

describe('writes', () => {
  test('an object whose resource version stayed was not written', () => {
    expect(writes(reading(deployment()), reading(deployment()))).toEqual({ declared: [], reported: [] });
  });

  test('a write of the status alone is told apart', () => {
    const managedFields = [{ manager: 'kube-controller-manager', subresource: 'status' }];
    const after = deployment({ metadata: { resourceVersion: '2', managedFields }, status: { replicas: 1 } });
    expect(writes(reading(deployment()), reading(after))).toEqual({ declared: [], reported: ['Deployment.apps team/web'] });
  });

  test.each([
    ['a field', { spec: { replicas: 2 } }],
    ['the generation', { metadata: { generation: 2 } }],
    ['a manager', { metadata: { managedFields: [{ manager: 'kubectl' }] } }],
  ])('%s counts', (_, { metadata, ...fields }: { metadata?: Metadata; spec?: unknown }) => {
    const after = deployment({ ...fields, metadata: { resourceVersion: '2', ...metadata } });
    const { declared, reported } = writes(reading(deployment()), reading(after));
    expect(declared).toEqual([expect.stringMatching(/^Deployment\.apps team\/web changed\n/)]);
    expect(reported).toEqual([]);
  });

  test('an object that is gone counts', () => {
    expect(writes(reading(deployment()), reading()).declared).toEqual(['Deployment.apps team/web is gone']);
  });
});
