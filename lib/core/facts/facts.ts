import { groupOf, type Kind } from '../kind';
import type { Manifest } from '../manifest';
import { ofPods } from '../pod-references';
import type { Reference } from '../references';
import type { Kept, KindFacts } from './kind-facts';
import { KUBERNETES } from './kubernetes';

/** What is known of kinds beyond their schemas. */
export class Facts {
  /** What Kubernetes' own kinds are known for. */
  static readonly kubernetes = new Facts(KUBERNETES);

  private readonly byKind = new Map<string, KindFacts>();
  private readonly followed: ReadonlySet<string>;

  private constructor(private readonly rows: readonly KindFacts[]) {
    for (const row of rows) {
      const known = this.byKind.get(key(row.kind));
      this.byKind.set(key(row.kind), known ? added(known, row) : row);
    }
    this.followed = new Set(rows.flatMap(({ follows = [] }) => follows.map(key)));
  }

  /** These facts and others. */
  and(...rows: readonly KindFacts[]): Facts {
    return new Facts([...this.rows, ...rows]);
  }

  /** What is known of the kind of an object. */
  of({ apiVersion, kind }: Manifest): KindFacts {
    const group = groupOf(apiVersion);
    return this.byKind.get(key({ group, kind })) ?? { kind: { group, kind } };
  }

  /** Whether objects of other kinds go after an object in a wave because they name it. */
  isFollowed({ apiVersion, kind }: Manifest): boolean {
    return this.followed.has(key({ group: groupOf(apiVersion), kind }));
  }

  /** Everything that a well-formed object names: its namespace, what its kind is known to name, and what its pods need. */
  references(object: Manifest): Reference[] {
    const { namespace } = object.metadata;
    return [
      ...(namespace ? [{ group: '', kind: 'Namespace', name: namespace, path: 'metadata.namespace' }] : []),
      ...(this.of(object).names?.(object) ?? []),
      ...ofPods(object),
    ];
  }
}

function key({ group, kind }: Pick<Kind, 'group' | 'kind'>): string {
  return `${group}|${kind}`;
}

/** What two products know of one kind. */
function added(one: KindFacts, other: KindFacts): KindFacts {
  return {
    ...one,
    ...other,
    names: both(one.names, other.names),
    makes: both(one.makes, other.makes),
    follows: [...(one.follows ?? []), ...(other.follows ?? [])],
    written: [...(one.written ?? []), ...(other.written ?? [])],
    kept: one.kept && other.kept ? keptByBoth(one.kept, other.kept) : (one.kept ?? other.kept),
  };
}

function both(one: KindFacts['names'], other: KindFacts['names']): KindFacts['names'] {
  return one && other ? (object) => [...one(object), ...other(object)] : (one ?? other);
}

function keptByBoth(one: Kept, other: Kept): Kept {
  return {
    fields: [...one.fields, ...other.fields],
    except: [...(one.except ?? []), ...(other.except ?? [])],
    exceptSuspended: [...(one.exceptSuspended ?? []), ...(other.exceptSuspended ?? [])],
  };
}
