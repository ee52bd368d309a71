import * as fc from 'fast-check';
import { type Manifest, Plan } from '../../../lib/core';
import { describe as called } from '../../../lib/core/manifest';
import { FACTS } from '../../../lib/kinds';
import {
  binding,
  clusterRole,
  custom,
  definition,
  manifest,
  namespace,
  service,
  serviceAccount,
  workload,
} from '../../support/manifests';

const plan = (objects: readonly Manifest[]) => new Plan(objects, undefined, FACTS);
const leavesBefore = (objects: readonly Manifest[], object: Manifest) =>
  [...plan(objects).dependencies.of(object)].map(called).sort();

/** A controller of Widgets, with what it runs on. */
function controller(verbs = ['update'], resources = ['widgets/finalizers']): Manifest[] {
  return [
    namespace('team'),
    serviceAccount('runner'),
    manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', 'runner', undefined, {
      rules: [{ apiGroups: ['example.com'], resources, verbs }],
    }),
    binding('runner', { kind: 'ClusterRole', name: 'runner' }, 'runner', ''),
    workload('server', { pod: { serviceAccountName: 'runner' } }),
  ];
}

describe('a custom resource', () => {
  const widget = custom('Widget', 'w');
  const own = ['CustomResourceDefinition widgets.example.com', 'Namespace team'];

  test('leaves before the workload that may change its finalizers or its status', () => {
    for (const resources of [['widgets/finalizers'], ['widgets/status']])
      expect(leavesBefore([widget, definition('Widget'), ...controller(['patch'], resources)], widget)).toStrictEqual(
        [...own, 'Deployment team/server'].sort(),
      );
  });

  test('has nothing to do with a workload that only reads it, or runs as somebody else', () => {
    expect(leavesBefore([widget, definition('Widget'), ...controller(['get'])], widget)).toStrictEqual(own);
    expect(leavesBefore([widget, definition('Widget'), ...controller(['update'], ['widgets'])], widget)).toStrictEqual(own);
    const others = [...controller().slice(0, -1), workload('server')];
    expect(leavesBefore([widget, definition('Widget'), ...others], widget)).toStrictEqual(own);
  });

  test('is removed before its controller, its controller before its rights, and its definition after it', () => {
    const { removal } = plan([widget, definition('Widget'), ...controller()]).dependencies;
    const order = removal.map(called);
    const isInOrder = (...names: string[]) => {
      const places = names.map((name) => order.indexOf(name));
      expect(places).not.toContain(-1);
      expect(places).toStrictEqual(places.toSorted((a, b) => a - b));
    };
    isInOrder('Widget team/w', 'Deployment team/server', 'ClusterRoleBinding runner', 'Namespace team');
    isInOrder('Widget team/w', 'CustomResourceDefinition widgets.example.com');
  });
});

test('further preferences are kept, but for one that would close a circle', () => {
  const [one, other] = [service('one'), workload('one')];
  const { dependencies } = plan([one, other]);
  const more = dependencies.and([
    [one, other],
    [other, one],
  ]);
  expect([...more.of(one)]).toStrictEqual([other]);
  expect([...more.of(other)]).toStrictEqual([]);
  expect([...dependencies.of(one)]).toStrictEqual([]);
});

test('nothing is removed before what depends on it, whatever the order of declaration', () => {
  const objects = [
    ...['a', 'b', 'c'].map((name) => custom('Widget', name)),
    definition('Widget'),
    ...controller(),
    clusterRole('other'),
    service('server'),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(objects, { minLength: 1 }), (some) => {
      const { dependencies } = plan(some);
      const places = new Map(dependencies.removal.map((object, place) => [object, place]));
      expect(places.size).toBe(some.length);
      for (const object of some)
        for (const other of dependencies.of(object)) expect(places.get(object)).toBeLessThan(places.get(other) as number);
    }),
  );
});
