import { children } from '../core/schemas/pool';
import type { Schema } from '../core/schemas/schema';
import type { ImportedKind } from './catalogue';
import type { Interner } from './interner';
import { typeName } from './words';

/** Where a schema is used. */
export interface Use {
  /** In how many places: by other schemas, and by kinds and their definitions. */
  times: number;
  readonly groups: Set<string>;
  /** A field that holds it. */
  readonly field: string;
  /** The kind whose objects it describes, the version appended where it is not the preferred one. */
  kind?: string;
}

/** The uses of all schemas of custom kinds; a schema that another one holds counts once for it, however often that one is used. */
export function countUses(kinds: readonly ImportedKind[], interner: Interner): Map<Schema, Use> {
  const uses = new Map<Schema, Use>();
  const visit = (schema: Schema, group: string, field: string): Use => {
    const known = uses.get(schema);
    const use = known ?? { times: 0, groups: new Set<string>(), field };
    uses.set(schema, use);
    use.times++;
    if (use.groups.has(group)) return use;
    use.groups.add(group);
    for (const [name, child] of children(schema)) {
      if (known) spread(child, group);
      else visit(child, group, name === '[]' || name === '{}' ? field : name);
    }
    return use;
  };
  /** A further group uses a schema, and with it all that it holds. */
  const spread = (schema: Schema, group: string): void => {
    const groups = uses.get(schema)?.groups;
    if (!groups || groups.has(group)) return;
    groups.add(group);
    for (const [, child] of children(schema)) spread(child, group);
  };
  for (const { group, kind, version, preferred, schema } of kinds) {
    const use = visit(interner.intern(schema), group, '');
    // The definition holds it too.
    use.times++;
    if (preferred || use.kind === undefined) use.kind = preferred ? kind : kind + typeName(version, false);
  }
  return uses;
}
