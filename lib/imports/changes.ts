import { mapVersions } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import type { Catalogue, ImportedKind } from './catalogue';
import { Interner } from './interner';
import { compare } from './versions';

/** How many places of a kind are told. */
const TOLD = 8;

/** What a new catalogue adds to, takes from or changes in the one before, a line each. */
export function changes(before: Catalogue, after: Catalogue): string[] {
  const [old, now] = [byName(before), byName(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(compare);
  const interner = new Interner();
  return names.flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (!was) return [`added    ${name}`];
    if (!is) return [`removed  ${name}`];
    const definition = is.preferred && envelope(before, was) !== envelope(after, is) ? ['~definition'] : [];
    const places = [...facts(was, is), ...definition, ...new Comparison(before, after, interner).places(was.schema, is.schema)];
    if (places.length === 0) return [];
    const more = places.length > TOLD ? [`… and ${places.length - TOLD} more`] : [];
    return [`changed  ${name}: ${[...places.slice(0, TOLD), ...more].join(', ')}`];
  });
}

function byName(catalogue: Catalogue): Map<string, ImportedKind> {
  return new Map(catalogue.kinds.map((kind) => [`${kind.group ? `${kind.group}/` : ''}${kind.version} ${kind.kind}`, kind]));
}

function facts(was: ImportedKind, is: ImportedKind): string[] {
  return (['plural', 'scope', 'served', 'preferred'] as const).flatMap((fact) =>
    was[fact] === is[fact] ? [] : [`${fact} ${was[fact]} → ${is[fact]}`],
  );
}

/** A definition without its schemas. */
function envelope({ definitions }: Catalogue, { definition = '' }: ImportedKind): string {
  const whole = definitions.get(definition);
  return JSON.stringify(whole && mapVersions(whole, () => ({})));
}

/** Compares two schemas field by field. */
class Comparison {
  private readonly seen = new Set<string>();

  constructor(
    private readonly before: Catalogue,
    private readonly after: Catalogue,
    private readonly interner: Interner,
  ) {}

  places(was: Schema | undefined, is: Schema | undefined, path = ''): string[] {
    if (!was) return is ? [`+${path}`] : [];
    if (!is) return [`-${path}`];
    if (was.$ref !== undefined && was.$ref === is.$ref) {
      // Told once; and what contains itself ends here.
      if (this.seen.has(was.$ref)) return [];
      this.seen.add(was.$ref);
    } else if (this.interner.intern(was) === this.interner.intern(is)) return [];
    const [left, right] = [resolve(was, this.before), resolve(is, this.after)];
    const names = [...new Set([...Object.keys(left.properties ?? {}), ...Object.keys(right.properties ?? {})])].sort(compare);
    return [
      ...(own(left) === own(right) ? [] : [`~${path || 'schema'}`]),
      ...names.flatMap((name) => this.places(left.properties?.[name], right.properties?.[name], path ? `${path}.${name}` : name)),
      ...this.places(left.items, right.items, `${path}[]`),
      ...this.places(values(left), values(right), `${path}{}`),
    ];
  }
}

function resolve(schema: Schema, catalogue: Catalogue): Schema {
  return schema.$ref === undefined ? schema : (catalogue.schemas.get(schema.$ref) ?? schema);
}

function values({ additionalProperties }: Schema): Schema | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** Everything that a schema says itself, but for prose. */
function own({ properties: _, items: __, additionalProperties, description: ___, ...rest }: Schema): string {
  const open = typeof additionalProperties === 'boolean' ? additionalProperties : undefined;
  return JSON.stringify(Object.entries({ ...rest, open }).sort(([a], [b]) => compare(a, b)));
}
