import { type Catalogue, fileOf, type ImportedKind } from './catalogue';
import { type Interface, interfaceIn, type Types } from './types';
import { compare } from './versions';
import { commonEnd, isGeneric, join, typeName } from './words';

/** Where an interface is declared. */
export interface Declared {
  /** Name of the file, without extension. */
  readonly file: string;
  readonly name: string;
  /** False for an interface of which only objects' status makes use: it has a name but is not printed. */
  readonly printed: boolean;
}

/** The file of the types that custom kinds of several groups use. */
export const SHARED = 'shared';

/** Names that generated text uses itself. */
const TAKEN = ['Record'];

const LONGEST = 60;

/** An interface without a name, and all that names it. */
interface Unnamed {
  readonly type: Interface;
  readonly groups: Set<string>;
  /** What the fields that hold it call it, once for each interface they are of; nothing for a kind's own. */
  readonly called: Map<string, Set<Interface>>;
  /** The first way to it, from the kinds downwards. */
  readonly kind: ImportedKind;
  readonly holder?: Interface;
  readonly printed: boolean;
}

/** Gives every interface of a catalogue its file and its name. */
export function nameInterfaces(catalogue: Catalogue, types: Types): Map<Interface, Declared> {
  const found = walk(catalogue, types);
  const names = new Names(found);
  for (const one of found) if (one.type.ref !== undefined) names.keep(one);
  const custom = found.filter(({ type }) => type.ref === undefined);
  for (const one of custom) if (!one.holder) names.give(one, 'long');
  // Of several that ask for the same name the one in most places gets it, the others are prefixed.
  const byUse = [...custom].sort((a, b) => Number(b.printed) - Number(a.printed) || places(b) - places(a));
  for (const one of byUse) if (one.holder) names.give(one, 'short');
  for (const one of custom) names.give(one, 'long');
  return names.given;
}

/** All interfaces, level by level from the kinds: first what authors write, preferred versions before others; then the status. */
function walk(catalogue: Catalogue, types: Types): Unnamed[] {
  interface Step {
    readonly type: Interface;
    readonly kind: ImportedKind;
    readonly printed: boolean;
    readonly holder?: Interface;
    readonly name?: string;
  }
  const found = new Map<Interface, Unnamed>();
  const spread = (start: readonly Step[]): void => {
    for (let level = start; level.length > 0; ) {
      const next: Step[] = [];
      for (const { type, kind, printed, holder, name } of level) {
        const known = found.get(type) ?? { type, kind, printed, holder, groups: new Set(), called: new Map<string, Set<Interface>>() };
        found.set(type, known);
        if (holder && name !== undefined) known.called.set(name, (known.called.get(name) ?? new Set()).add(holder));
        if (known.groups.has(kind.group)) continue;
        known.groups.add(kind.group);
        for (const field of type.fields) {
          const inner = interfaceIn(field.type);
          if (inner) next.push({ type: inner, kind, printed, holder: type, name: typeName(field.name, inner !== field.type) });
        }
      }
      level = next;
    }
  };
  const kinds = [...catalogue.kinds]
    .filter((kind) => kind.served)
    .sort((a, b) => Number(b.preferred) - Number(a.preferred) || compare(a.group, b.group) || compare(a.kind, b.kind) || compare(a.version, b.version));
  spread(kinds.map((kind) => ({ type: types.root(kind), kind, printed: true })));
  spread(
    kinds.flatMap((kind) => {
      const inner = interfaceIn(types.status(kind) ?? { text: '' });
      return inner ? [{ type: inner, kind, printed: false, holder: types.root(kind), name: 'Status' }] : [];
    }),
  );
  return [...found.values()];
}

/** In how many interfaces an interface occurs. */
function places({ called }: Unnamed): number {
  return [...called.values()].reduce((sum, holders) => sum + holders.size, 0);
}

class Names {
  readonly given = new Map<Interface, Declared>();
  private readonly taken = new Map<string, Set<string>>();
  private readonly own: readonly Unnamed[];

  constructor(found: readonly Unnamed[]) {
    this.own = found.filter(({ type, printed }) => printed && type.ref !== undefined);
  }

  /** One of Kubernetes keeps its name; where a file has two versions of it, the version that no preferred kind uses is appended. */
  keep({ type, kind, printed }: Unnamed): void {
    const [, file = '', version = ''] = /^(.*)#(.*)\.[^.]+$/.exec(type.ref ?? '') ?? [];
    const alone = this.own.every((other) => other.type === type || other.type.name !== type.name || !other.type.ref?.startsWith(`${file}#`));
    const name = alone || (kind.preferred && kind.version === version) ? type.name : type.name + typeName(version, false);
    this.declare(type, { file, name, printed });
  }

  /** Gives a custom one the best name that is free, if it has none yet; a short one only if it is the first to ask. */
  give(one: Unnamed, length: 'short' | 'long'): void {
    if (this.given.has(one.type)) return;
    const file = one.groups.size > 1 ? SHARED : fileOf(one.kind.group);
    const { short, long } = this.proposals(one);
    const proposals = length === 'short' ? short : [...short, ...long];
    const name = proposals.find((proposal) => proposal.length <= LONGEST && !this.takenIn(file).has(proposal));
    if (name !== undefined) this.declare(one.type, { file, name, printed: one.printed });
    else if (length === 'long') this.declare(one.type, { file, name: this.numbered(proposals, file), printed: one.printed });
  }

  /** What an interface may be called, the best first. */
  private proposals(one: Unnamed): { short: readonly string[]; long: readonly string[] } {
    const { kind, holder, called } = one;
    const exact = kind.kind + typeName(kind.version, false);
    const prefix = kind.preferred ? kind.kind : exact;
    if (!holder) return { short: [], long: [prefix, exact, `${exact}Object`] };
    const names = [...called].sort(([, a], [, b]) => b.size - a.size).map(([name]) => name);
    const [first = '', ...others] = [...names.filter((name) => !isGeneric(name)), ...names.filter(isGeneric)];
    const base = commonEnd(names) ?? first;
    const similar = this.similar(one);
    const above = (this.given.get(holder)?.name ?? '').replace(/(?!^)Spec$/, '');
    const prefixes = above.startsWith(prefix) ? [prefix, above] : [above, prefix];
    if (similar !== undefined) prefixes.reverse();
    const plain = [...new Set([similar ?? base, first, base, ...others])];
    return {
      short: plain.slice(0, 1).filter((name) => !isGeneric(name)),
      long: [...plain.slice(0, 2).flatMap((name) => prefixes.map((before) => join(before, name))), ...plain.map((name) => join(exact, join(above, name)))],
    };
  }

  /** Name of the interface of Kubernetes that a custom one was copied from, in another version mostly. */
  private similar({ type, called }: Unnamed): string | undefined {
    const fields = type.fields.map((field) => field.name);
    const scored = this.own.map((other) => {
      const common = fields.filter((field) => other.type.fields.some(({ name }) => name === field)).length;
      const share = common / (fields.length + other.type.fields.length - common);
      const held = [...called.keys()].some((name) => !isGeneric(name) && other.called.has(name));
      return { name: other.type.name, share, like: share >= 0.6 && (common >= 4 || held) };
    });
    const [best] = scored.filter(({ like }) => like).sort((a, b) => b.share - a.share || compare(a.name, b.name));
    return best?.name;
  }

  private declare(type: Interface, declared: Declared): void {
    this.takenIn(declared.file).add(declared.name);
    this.given.set(type, declared);
  }

  private takenIn(file: string): Set<string> {
    const taken = this.taken.get(file) ?? new Set(TAKEN);
    this.taken.set(file, taken);
    return taken;
  }

  private numbered(proposals: readonly string[], file: string): string {
    const name = proposals.find((proposal) => proposal.length < LONGEST) ?? 'Part';
    let number = 2;
    while (this.takenIn(file).has(`${name}${number}`)) number++;
    return `${name}${number}`;
  }
}
