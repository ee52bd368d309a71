import fc from 'fast-check';
import { CycleError, type Gate, type Manifest, type Order, Plan } from '../../../lib/core';
import { describe as called } from '../../../lib/core/manifest';
import { infer } from '../../../lib/core/plan/gates';
import { byInstallOrder } from '../../../lib/core/plan/install-order';
import { Schemas } from '../../../lib/core/schemas/schemas';
import { FACTS } from '../../../lib/kinds';
import {
  annotated,
  apiService,
  binding,
  certificate,
  clusterRole,
  configMap,
  converted,
  creating,
  custom,
  definition,
  issuer,
  labelled,
  mutating,
  namespace,
  profile,
  secret,
  service,
  serviceAccount,
  validating,
  webhook,
  workload,
} from '../../support/manifests';

const NUMBERS = [0, 1, 2] as const;
const TIERS = ['x', 'y'] as const;
const NAMESPACES = ['team', 'other', 'alice'] as const;

const number = fc.constantFrom(...NUMBERS);
const tier = fc.constantFrom(...TIERS);
const place = fc.constantFrom(...NAMESPACES);
const labels = fc.record({ tier });
const selector = fc.option(fc.record({ matchLabels: labels }), { nil: undefined, freq: 1 });

const namespaces = fc.record({ name: fc.constantFrom('team', 'other'), labels }).map((it) => [namespace(it.name, it.labels)]);

const profiles = fc.constant('alice').map((it) => [profile(it)]);

const definitions = fc.record({ kind: number, conversion: fc.option(number, { nil: undefined }) }).map(({ kind, conversion }) => [
  definition(`Kind${kind}`, {
    versions: ['v2', 'v1'],
    conversion: conversion === undefined ? undefined : converted(`server${conversion}`),
  }),
]);

const customResources = fc
  .record({ kind: number, name: number, place, version: fc.constantFrom('v1', 'v2'), labels })
  .map((it) => [labelled(custom(`Kind${it.kind}`, `c${it.name}`, it.place, it.version), it.labels)]);

const configMaps = fc
  .record({ name: number, place, labels })
  .map((it) => [labelled(configMap(`c${it.name}`, it.place), it.labels)]);

const secrets = fc.record({ name: number, place }).map((it) => [secret(`s${it.name}`, it.place)]);

const certificates = fc
  .record({ name: number, place })
  .map((it) => [certificate(`t${it.name}`, `s${it.name}`, { name: 'issuer' }, it.place)]);

const issuers = place.map((it): Manifest[] => [issuer('issuer', it)]);

/** What a workload of any name needs: some of it in the model, some not. */
const needs = fc.record({ account: number, config: number, secret: number, optional: fc.boolean(), tier });

const podOf = (it: { account: number; config: number; secret: number; optional: boolean }) => ({
  serviceAccountName: `a${it.account}`,
  volumes: [
    { name: 'config', configMap: { name: `c${it.config}` } },
    { name: 'secret', secret: { secretName: `s${it.secret}`, optional: it.optional } },
  ],
});

const workloads = fc
  .record({ name: number, place, needs })
  .map((it) => [workload(`app${it.name}`, { namespace: it.place, labels: { tier: it.needs.tier }, pod: podOf(it.needs) })]);

const accounts = number.map((it) => [
  serviceAccount(`a${it}`),
  clusterRole(`r${it}`),
  binding(`b${it}`, { kind: 'ClusterRole', name: `r${it}` }, `a${it}`),
]);

const rules = fc.subarray(
  [
    creating('', 'configmaps'),
    creating('', 'secrets', 'serviceaccounts'),
    creating('', 'pods'),
    creating('apps', 'deployments'),
    creating('example.com', '*'),
    creating('cert-manager.io', 'certificates'),
    creating('rbac.authorization.k8s.io', '*'),
    creating('', 'namespaces', 'services'),
  ],
  { minLength: 1, maxLength: 2 },
);

/** A workload with a Service, and webhooks that it answers. */
const servers = fc
  .record({
    name: number,
    needs,
    rules,
    mutates: fc.boolean(),
    failurePolicy: fc.constantFrom('Fail' as const, 'Ignore' as const),
    objectSelector: selector,
    namespaceSelector: selector,
    injected: fc.option(number, { nil: undefined }),
  })
  .map(({ name, mutates, ...it }) => {
    const server = `server${name}`;
    const { failurePolicy, objectSelector, namespaceSelector } = it;
    const hook = webhook(server, it.rules, { failurePolicy, objectSelector, namespaceSelector });
    const configuration = mutates ? mutating(server, hook) : validating(server, hook);
    return [
      labelled(workload(server, { labels: { tier: it.needs.tier }, pod: podOf(it.needs) }), { tier: it.needs.tier }),
      service(server),
      it.injected === undefined
        ? configuration
        : annotated(configuration, { 'cert-manager.io/inject-ca-from': `team/t${it.injected}` }),
    ];
  });

const apiServices = number.map((it) => [apiService('example.com', 'v1', `server${it}`)]);

/** What somebody installs: a few of everything, each object once. */
function objectSets(...parts: [weight: number, objects: fc.Arbitrary<Manifest[]>][]): fc.Arbitrary<Manifest[]> {
  const some = fc.oneof(...parts.map(([weight, arbitrary]) => ({ weight, arbitrary })));
  return fc
    .array(some, { minLength: 5, maxLength: 24, size: 'max' })
    .map((groups) => [...new Map(groups.flat().map((object) => [called(object), object])).values()]);
}

const anySet = objectSets(
  [1, namespaces],
  [1, profiles],
  [2, definitions],
  [3, customResources],
  [3, configMaps],
  [2, secrets],
  [2, certificates],
  [1, issuers],
  [3, workloads],
  [2, accounts],
  [4, servers],
  [1, apiServices],
);

/** An edge of the graph: `from` stands at least `step` waves after `to`. */
interface Edge {
  readonly from: Manifest;
  readonly to: Manifest;
  readonly step: 0 | 1;
}

function edge(it: Gate | Order): Edge {
  return 'waitsFor' in it ? { from: it.object, to: it.waitsFor, step: 1 } : { from: it.object, to: it.after, step: 0 };
}

function edgesOf({ gates, orders }: { gates: readonly Gate[]; orders: readonly Order[] }): Edge[] {
  return [...gates, ...orders].map(edge);
}

/** Whether edges lead back to where they began, found by taking away what waits for nothing, again and again. */
function isCyclic(edges: readonly Edge[]): boolean {
  const waiting = new Set(edges.map(({ from }) => from));
  const rest = edges.filter(({ to }) => waiting.has(to));
  return rest.length === edges.length ? edges.length > 0 : isCyclic(rest);
}

/** The wave of each object, by following every way from it. */
function longestWays(objects: readonly Manifest[], edges: readonly Edge[]): Map<Manifest, number> {
  const from = new Map<Manifest, Edge[]>();
  for (const it of edges) from.set(it.from, [...(from.get(it.from) ?? []), it]);
  const known = new Map<Manifest, number>();
  const longest = (object: Manifest): number => {
    const before = known.get(object);
    if (before !== undefined) return before;
    const length = Math.max(0, ...(from.get(object) ?? []).map(({ to, step }) => longest(to) + step));
    known.set(object, length);
    return length;
  };
  return new Map(objects.map((object) => [object, longest(object)]));
}

/** The plan of objects, or the circle that there is instead. */
function planned(objects: readonly Manifest[]): Plan | CycleError {
  try {
    return new Plan(objects, undefined, FACTS);
  } catch (error) {
    if (error instanceof CycleError) return error;
    throw error;
  }
}

const RUNS = { numRuns: 100 };

/** Of the object sets that have a plan. */
function ofPlans(property: (plan: Plan, objects: readonly Manifest[]) => void): void {
  fc.assert(
    fc.property(anySet, (objects) => {
      const plan = planned(objects);
      fc.pre(plan instanceof Plan);
      property(plan as Plan, objects);
    }),
    RUNS,
  );
}

function names(edges: readonly (Gate | Order)[]): string[] {
  return edges.map(edge).map(({ from, to }) => `${called(from)} after ${called(to)}`);
}

test('the generated sets are of both kinds, and not trivial', () => {
  const plans = fc.sample(anySet, { numRuns: 200, seed: 1 }).map(planned);
  const good = plans.filter((plan) => plan instanceof Plan);
  expect(plans.length - good.length).toBeGreaterThan(10);
  expect(good.filter(({ waves }) => waves.length > 2).length).toBeGreaterThan(30);
  const readiness = new Set(good.flatMap(({ gates }) => gates.map(({ ready }) => ready)));
  expect([...readiness].sort()).toStrictEqual(['Applied', 'Available', 'CABundle', 'Established', 'Ready', 'Reconciled']);
});

test('every object stands in exactly one wave', () => {
  ofPlans((plan, objects) => {
    expect(plan.objects.map(called).sort()).toStrictEqual(objects.map(called).sort());
    expect(plan.waves.filter((wave) => wave.objects.length === 0)).toStrictEqual([]);
    expect(plan.objects.map((object) => plan.waveOf(object))).toStrictEqual(
      plan.waves.flatMap((wave, index) => wave.objects.map(() => index)),
    );
  });
});

test('no object stands in a wave at or before one that it waits for', () => {
  ofPlans((plan) => {
    expect(names(plan.gates.filter(({ object, waitsFor }) => plan.waveOf(waitsFor) >= plan.waveOf(object)))).toStrictEqual([]);
  });
});

test('orders hold, within a wave too', () => {
  ofPlans((plan) => {
    const position = new Map(plan.objects.map((object, index) => [object, index]));
    const at = (object: Manifest) => position.get(object) as number;
    expect(names(plan.orders.filter(({ object, after }) => at(after) >= at(object)))).toStrictEqual([]);
  });
});

test('waves are as few as the gates allow', () => {
  ofPlans((plan) => {
    const longest = longestWays(plan.objects, edgesOf(plan));
    expect(plan.objects.filter((object) => plan.waveOf(object) !== longest.get(object)).map(called)).toStrictEqual([]);
  });
});

test('what must be ready before a wave are the gates of its objects', () => {
  ofPlans((plan) => {
    const waited = (wave: number) =>
      plan.gates.filter(({ object, ready }) => plan.waveOf(object) === wave && ready !== 'Applied');
    const expected = plan.waves.map((_, wave) => [...new Set(waited(wave).map(({ waitsFor }) => waitsFor.metadata.name))].sort());
    expect(plan.waves.map(({ waits }) => [...new Set(waits.map(({ name }) => name))].sort())).toStrictEqual(expected);
  });
});

test('the order of the input does not matter', () => {
  const shuffled = anySet.chain((objects) =>
    fc.tuple(fc.constant(objects), fc.shuffledSubarray(objects, { minLength: objects.length })),
  );
  fc.assert(
    fc.property(shuffled, ([objects, others]) => {
      expect(outcome(planned(others))).toStrictEqual(outcome(planned(objects)));
    }),
    RUNS,
  );
});

function outcome(plan: Plan | CycleError) {
  if (plan instanceof CycleError) return plan.message;
  const gates = plan.gates.map(
    ({ object, waitsFor, ready, because }) => `${called(object)} ${called(waitsFor)} ${ready} ${because}`,
  );
  return { waves: plan.waves.map(({ objects, waits }) => [objects.map(called), waits]), gates: gates.sort() };
}

test('what has no circle is planned, and what has one is refused with a real one', () => {
  fc.assert(
    fc.property(anySet, (objects) => {
      const inference = infer(byInstallOrder(objects, FACTS), new Schemas(objects, []), FACTS);
      const plan = planned(objects);
      expect(plan instanceof CycleError).toBe(isCyclic(edgesOf(inference)));
      if (!(plan instanceof CycleError)) return;
      const way = plan.way.map(edge);
      const known = new Set(names([...inference.gates, ...inference.orders]));
      expect(names(plan.way).filter((step) => !known.has(step))).toStrictEqual([]);
      expect(way.map(({ to }) => called(to))).toStrictEqual(
        [...way.slice(1), ...way.slice(0, 1)].map(({ from }) => called(from)),
      );
      expect(new Set(way.map(({ from }) => from)).size).toBe(way.length);
      expect(way.length).toBeGreaterThan(1);
    }),
    RUNS,
  );
});
