import {
  type ApiObject,
  App,
  ImplicitTokenResolver,
  type IResolver,
  LazyResolver,
  NumberStringUnionResolver,
  ResolutionContext,
} from 'cdk8s';
import { fieldPath, type Step } from './schemas/schema';
import { setField } from './set-field';

/** What cdk8s registers in every App; they have nothing to say about plain data. */
const BUILT_IN = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/**
 * Turns what was authored into plain data: Lazy values and tokens are replaced by what the App's resolvers make of them,
 * members that are undefined are left out. Unlike cdk8s's own pass it keeps nulls, empty containers and the order of keys.
 *
 * @throws Error naming the field, when a value is neither plain data nor known to a resolver
 */
export function resolve(value: unknown, object: ApiObject): unknown {
  const { resolvers } = App.of(object) as App;
  const custom = resolvers.filter((resolver) => !BUILT_IN.some((type) => resolver instanceof type));
  return walk(value, [], { object, resolvers, custom: custom.length > 0 });
}

interface Pass {
  readonly object: ApiObject;
  readonly resolvers: readonly IResolver[];
  /** A resolver of the user's may replace any value, also plain ones. */
  readonly custom: boolean;
}

function walk(value: unknown, steps: readonly Step[], pass: Pass): unknown {
  if (value === null || value === undefined) return value;
  const plain = isPlain(value);
  if (!plain || pass.custom) {
    const context = new ResolutionContext(pass.object, steps.map(String), value);
    for (const resolver of pass.resolvers) {
      resolver.resolve(context);
      if (!context.replaced) continue;
      return resolver instanceof NumberStringUnionResolver
        ? context.replacedValue.value
        : walk(context.replacedValue, steps, pass);
    }
  }
  if (!plain)
    throw new Error(
      `${fieldPath(steps)} is a ${value.constructor?.name}, which is no plain data and has no resolver in this app; a value that only a deployment knows needs a deployment, such as that of cdk8s-kubeflow/pulumi`,
    );
  if (Array.isArray(value)) return value.map((item, index) => listed(walk(item, [...steps, index], pass), [...steps, index]));
  if (typeof value !== 'object') return scalar(value, steps);
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const resolved = walk(member, [...steps, name], pass);
    if (resolved !== undefined) setField(result, name, resolved);
  }
  return result;
}

/** A member that is undefined can be left out, an item cannot: the others would move up. */
function listed(item: unknown, steps: readonly Step[]): unknown {
  if (item === undefined) throw new Error(`${fieldPath(steps)} is undefined, which is no data`);
  return item;
}

function scalar(value: unknown, steps: readonly Step[]): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value;
  throw new Error(`${fieldPath(steps)} is ${typeof value === 'number' ? value : `a ${typeof value}`}, which is no data`);
}

/** Whether a value is no instance of a class; such a one needs a resolver. */
function isPlain(value: NonNullable<unknown>): boolean {
  if (typeof value !== 'object' || Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && typeof (value as { resolve?: unknown }).resolve !== 'function';
}
