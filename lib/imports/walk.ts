import type { Catalogue, ImportedKind } from './catalogue';
import { type Interface, interfaceIn, type Types } from './types';
import { compare } from './versions';
import { typeName } from './words';

/** An interface without a name, and all that names it. */
export interface Unnamed {
  readonly type: Interface;
  /** What the fields that hold it call it, and how many interfaces have such a field; nothing for a kind's own. */
  readonly called: Map<string, number>;
  /** The kinds whose objects can hold it. */
  readonly kinds: Set<ImportedKind>;
  /** The first of them, on the shortest way. */
  readonly kind: ImportedKind;
  /** The interface that holds it there. */
  readonly holder?: Interface;
  readonly printed: boolean;
}

/** All interfaces, level by level from the kinds: first what authors write, preferred versions before others; then the status. */
export function walk(catalogue: Catalogue, types: Types): Unnamed[] {
  const kinds = [...catalogue.kinds]
    .filter((kind) => kind.served)
    .sort(
      (a, b) =>
        Number(b.preferred) - Number(a.preferred) ||
        compare(a.group, b.group) ||
        compare(a.kind, b.kind) ||
        compare(a.version, b.version),
    );
  const found = new Map<Interface, Unnamed>();
  spread(
    found,
    kinds.map((kind) => ({ type: types.root(kind), kind, printed: true })),
  );
  spread(
    found,
    kinds.flatMap((kind) => {
      const type = interfaceIn(types.status(kind) ?? { text: '' });
      return type ? [{ type, kind, printed: false, holder: types.root(kind), name: 'Status' }] : [];
    }),
  );
  return [...found.values()];
}

interface Step {
  readonly type: Interface;
  readonly kind: ImportedKind;
  readonly printed: boolean;
  readonly holder?: Interface;
  /** What the holder's field calls it. */
  readonly name?: string;
}

function spread(found: Map<Interface, Unnamed>, start: readonly Step[]): void {
  const visited = new Set<Interface>();
  for (let level = start; level.length > 0; ) {
    const next: Step[] = [];
    for (const { type, kind, printed, holder, name } of level) {
      const known = found.get(type) ?? { type, kind, printed, holder, kinds: new Set(), called: new Map<string, number>() };
      found.set(type, known);
      if (name !== undefined) known.called.set(name, (known.called.get(name) ?? 0) + 1);
      if (visited.has(type)) continue;
      visited.add(type);
      for (const field of type.fields) {
        const inner = interfaceIn(field.type);
        if (inner) next.push({ type: inner, kind, printed, holder: type, name: typeName(field.name, inner !== field.type) });
      }
    }
    level = next;
  }
  const reach = (type: Interface, kind: ImportedKind, printed: boolean): void => {
    const one = found.get(type);
    if (!one || one.printed !== printed || one.kinds.has(kind)) return;
    one.kinds.add(kind);
    for (const field of type.fields) {
      const inner = interfaceIn(field.type);
      if (inner) reach(inner, kind, printed);
    }
  };
  for (const { type, kind, printed } of start) reach(type, kind, printed);
}

/** Of how many kinds the objects can hold an interface; of two versions of a kind the preferred one counts more. */
export function weight({ kinds }: Unnamed): number {
  const preferred = [...kinds].some((kind) => kind.preferred);
  return new Set([...kinds].map(({ group, kind }) => `${group}/${kind}`)).size + (preferred ? 0.5 : 0);
}
