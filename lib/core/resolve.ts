import {
  type ApiObject,
  App,
  ImplicitTokenResolver,
  type IResolver,
  LazyResolver,
  NumberStringUnionResolver,
  ResolutionContext,
} from 'cdk8s';

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

function walk(value: unknown, key: string[], pass: Pass): unknown {
  if (value === null || value === undefined) return value;
  const plain = isPlain(value);
  if (!plain || pass.custom) {
    const context = new ResolutionContext(pass.object, key, value);
    for (const resolver of pass.resolvers) {
      resolver.resolve(context);
      if (!context.replaced) continue;
      return resolver instanceof NumberStringUnionResolver ? context.replacedValue.value : walk(context.replacedValue, key, pass);
    }
  }
  if (Array.isArray(value)) return value.map((item, index) => walk(item, [...key, `${index}`], pass));
  if (typeof value !== 'object') {
    if (plain) return value;
    throw new Error(`${key.join('.')} is a ${typeof value}, which is no data`);
  }
  if (!plain)
    throw new Error(`${key.join('.')} is a ${value.constructor?.name}, which is no plain data and has no resolver in this app`);
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const resolved = walk(member, [...key, name], pass);
    if (resolved !== undefined) result[name] = resolved;
  }
  return result;
}

function isPlain(value: NonNullable<unknown>): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint';
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && typeof (value as { resolve?: unknown }).resolve !== 'function';
}
