import { Facts } from '../facts/facts';
import { groupOf } from '../kind';
import { describe, type Manifest } from '../manifest';
import { ModelIndex } from '../model-index';
import { Schemas } from '../schemas/schemas';
import { Dependencies } from './dependencies';
import { type Gate, infer, type Order } from './gates';
import { byInstallOrder } from './install-order';
import type { Wait } from './readiness';

/** Objects that are applied together, once, when what they wait for is ready. */
export interface Wave {
  /** In install order. */
  readonly objects: readonly Manifest[];
  /** What must be ready before the wave is applied. */
  readonly waits: readonly Wait[];
}

/** Objects wait for each other in a circle, so no order can install them. */
export class CycleError extends Error {
  /** @param gates the way round: each object waits for the next gate's */
  constructor(readonly way: readonly (Gate | Order)[]) {
    const steps = way.map((edge) =>
      'because' in edge
        ? `${describe(edge.object)} waits for ${describe(edge.waitsFor)} (${edge.because})`
        : `${describe(edge.object)} comes after ${describe(edge.after)}`,
    );
    super(`objects wait for each other in a circle: ${steps.join('; ')}`);
    this.name = 'CycleError';
  }
}

/**
 * What must be ready before what, inferred from finished objects: anybody's, not only the library's.
 *
 * @see Gate for what makes an object wait
 */
export class Plan {
  readonly gates: readonly Gate[];
  /** Pairs that may share a wave, but are never applied the other way round. */
  readonly orders: readonly Order[];
  /** Objects by wave; the waves are as few as the gates allow. */
  readonly waves: readonly Wave[];
  private readonly byObject: ReadonlyMap<Manifest, number>;
  private known: Dependencies | undefined;

  /**
   * @param objects finished objects; their order does not matter
   * @param schemas what is known of their kinds. @default - the library's own and the definitions among the objects
   * @param facts what is known of their kinds beyond that. @default - what Kubernetes says of its own
   * @throws CycleError when objects wait for each other
   */
  constructor(
    objects: readonly Manifest[],
    private readonly schemas: Schemas = new Schemas(objects, []),
    private readonly facts: Facts = Facts.kubernetes,
  ) {
    const sorted = byInstallOrder(objects, facts);
    const { gates, orders } = infer(sorted, schemas, facts);
    this.gates = gates;
    this.orders = orders;
    this.byObject = levels(sorted, gates, orders);
    const waits = new Map<number, Map<string, Wait>>();
    for (const gate of gates) {
      if (!gate.condition) continue;
      const wave = this.waveOf(gate.object);
      const { name, namespace } = gate.waitsFor.metadata;
      const wait = { resource: resourceOf(gate.waitsFor, schemas), namespace, name, for: gate.condition };
      const ofWave = waits.get(wave) ?? new Map<string, Wait>();
      ofWave.set(`${wait.resource}/${wait.namespace}/${wait.name}/${wait.for}`, wait);
      waits.set(wave, ofWave);
    }
    const inWaves: Manifest[][] = [];
    for (const object of sorted) {
      const wave = this.waveOf(object);
      const others = inWaves[wave] ?? [];
      others.push(object);
      inWaves[wave] = others;
    }
    this.waves = inWaves.map((members, wave) => ({
      objects: members,
      waits: [...(waits.get(wave) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, wait]) => wait),
    }));
  }

  /** The wave of an object of the plan, counted from 0. */
  waveOf(object: Manifest): number {
    return this.byObject.get(object) ?? 0;
  }

  /** What is created before each object and removed after it. */
  get dependencies(): Dependencies {
    const { objects } = this;
    this.known ??= Dependencies.of(objects, this, new ModelIndex(objects, this.facts), this.schemas);
    return this.known;
  }

  /** The objects in the order in which they can be applied one after the other. */
  get objects(): Manifest[] {
    return this.waves.flatMap((wave) => wave.objects);
  }
}

function resourceOf(object: Manifest, schemas: Schemas): string {
  const group = groupOf(object.apiVersion);
  const plural = schemas.find(object.apiVersion, object.kind)?.plural ?? object.kind.toLowerCase();
  return group ? `${plural}.${group}` : plural;
}

interface Edge {
  readonly from: Manifest;
  readonly edge: Gate | Order;
  /** How many waves `from` stands after. */
  readonly step: 0 | 1;
}

/** Longest paths over gates (one wave) and orders (none), in the manner of Kahn. */
function levels(objects: readonly Manifest[], gates: readonly Gate[], orders: readonly Order[]): Map<Manifest, number> {
  const followers = new Map<Manifest, Edge[]>();
  const open = new Map<Manifest, number>(objects.map((object) => [object, 0]));
  const add = (on: Manifest, edge: Edge) => {
    const edges = followers.get(on);
    if (edges) edges.push(edge);
    else followers.set(on, [edge]);
    open.set(edge.from, (open.get(edge.from) ?? 0) + 1);
  };
  for (const gate of gates) add(gate.waitsFor, { from: gate.object, edge: gate, step: 1 });
  for (const order of orders) add(order.after, { from: order.object, edge: order, step: 0 });

  const level = new Map<Manifest, number>(objects.map((object) => [object, 0]));
  const ready = objects.filter((object) => open.get(object) === 0);
  for (const object of ready) {
    for (const { from, step } of followers.get(object) ?? []) {
      level.set(from, Math.max(level.get(from) ?? 0, (level.get(object) ?? 0) + step));
      const left = (open.get(from) ?? 0) - 1;
      open.set(from, left);
      if (left === 0) ready.push(from);
    }
  }
  if (ready.length < objects.length) throw new CycleError(wayRound(objects, gates, orders, open));
  return level;
}

/** One circle among the objects that Kahn's walk never reached: every one of them waits for another one of them. */
function wayRound(
  objects: readonly Manifest[],
  gates: readonly Gate[],
  orders: readonly Order[],
  open: ReadonlyMap<Manifest, number>,
): (Gate | Order)[] {
  const stuck = (object: Manifest) => (open.get(object) ?? 0) > 0;
  const next = new Map<Manifest, { to: Manifest; edge: Gate | Order }>();
  for (const edge of [...gates, ...orders]) {
    const to = 'waitsFor' in edge ? edge.waitsFor : edge.after;
    if (stuck(edge.object) && stuck(to) && !next.has(edge.object)) next.set(edge.object, { to, edge });
  }
  const visited: Manifest[] = [];
  const way: (Gate | Order)[] = [];
  let object = objects.find(stuck) as Manifest;
  while (!visited.includes(object)) {
    visited.push(object);
    const step = next.get(object) as { to: Manifest; edge: Gate | Order };
    way.push(step.edge);
    object = step.to;
  }
  return way.slice(visited.indexOf(object));
}

/** Names an object in plan.json: `Deployment.apps kubeflow/training-operator`. */
export function planName(object: Manifest): string {
  const { name, namespace } = object.metadata;
  const group = groupOf(object.apiVersion);
  return `${object.kind}${group ? `.${group}` : ''} ${namespace ? `${namespace}/` : ''}${name}`;
}
