import { type Catalogue, fileOf } from './catalogue';
import { remember } from './remember';
import type { Interface, Types } from './types';
import { compare } from './versions';
import { type Unnamed, walk, weight } from './walk';
import { commonEnd, isGeneric, join, typeName } from './words';

/** Where an interface is declared. */
export interface Declared {
  /** Name of the file, without extension. */
  readonly file: string;
  readonly name: string;
  /** False for an interface of which only objects' status makes use: it has a name but is not printed. */
  readonly printed: boolean;
}

/** The file of types and schemas that custom kinds of several groups use. */
export const SHARED = 'shared';

/** Names that generated text uses itself. */
const TAKEN = ['Record'];

const LONGEST = 60;

/** Gives every interface of a catalogue its file and its name. */
export function nameInterfaces(catalogue: Catalogue, types: Types): Map<Interface, Declared> {
  const found = walk(catalogue, types);
  const names = new Names(found);
  for (const one of found) if (one.type.ref !== undefined) names.keep(one);
  const custom = found.filter(({ type }) => type.ref === undefined);
  for (const one of custom) if (!one.holder) names.give(one, 'long');
  // Of several that ask for the same name the one of most kinds gets it, the others are prefixed; all are if there is no such one.
  for (const printed of [true, false]) {
    const asking = new Map<string, Unnamed[]>();
    for (const one of custom.filter((other) => other.holder && other.printed === printed)) {
      const key = `${names.file(one)} ${names.proposals(one).short}`;
      remember(asking, key, () => []).push(one);
    }
    for (const rivals of asking.values()) {
      const [first, second] = rivals.sort((a, b) => weight(b) - weight(a));
      if (first && (!second || weight(first) > weight(second))) names.give(first, 'short');
    }
  }
  for (const one of custom) names.give(one, 'long');
  return names.given;
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
    const alone = this.own.every(
      (other) => other.type === type || other.type.name !== type.name || !other.type.ref?.startsWith(`${file}#`),
    );
    const name = alone || (kind.preferred && kind.version === version) ? type.name : type.name + typeName(version, false);
    this.declare(type, { file, name, printed });
  }

  /** Gives a custom one the best name that is free, if it has none yet. */
  give(one: Unnamed, length: 'short' | 'long'): void {
    if (this.given.has(one.type)) return;
    const file = this.file(one);
    const proposals = this.proposals(one)[length];
    const name = proposals.find((proposal) => proposal.length <= LONGEST && !this.takenIn(file).has(proposal));
    if (name !== undefined) this.declare(one.type, { file, name, printed: one.printed });
    else if (length === 'long') this.declare(one.type, { file, name: this.numbered(proposals, file), printed: one.printed });
  }

  /** Where a custom interface is declared. */
  file({ kind, kinds }: Unnamed): string {
    return new Set([...kinds].map(({ group }) => group)).size > 1 ? SHARED : fileOf(kind.group);
  }

  /** What an interface may be called: by a name of its own, and prefixed, the best first. */
  proposals(one: Unnamed): { short: readonly string[]; long: readonly string[] } {
    const { kind, holder, called } = one;
    const own = typeName(kind.kind, false);
    const exact = own + typeName(kind.version, false);
    const prefix = kind.preferred ? own : exact;
    if (!holder) return { short: [], long: [prefix, exact, `${exact}Object`] };
    const names = [...called].sort(([, a], [, b]) => b - a).map(([name]) => name);
    const [first = ''] = [...names.filter((name) => !isGeneric(name)), ...names];
    const similar = this.similar(one);
    const base = similar ?? commonEnd(names) ?? first;
    const above = (this.given.get(holder)?.name ?? '').replace(/(?!^)Spec$/, '');
    // What is a copy is told apart by its kind, anything else by what holds it.
    const prefixes = similar !== undefined || above.startsWith(prefix) ? [prefix, above] : [above, prefix];
    const local = (name: string): string => (name.startsWith(own) ? name.slice(own.length) : name);
    return {
      short: isGeneric(base) ? [] : [base],
      long: [
        ...prefixes.flatMap((before) => [join(before, local(base)), join(before, local(first))]),
        ...prefixes.map((before) => before + base),
        join(exact, local(base)),
        join(exact, local(first)),
      ],
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
    return remember(this.taken, file, () => new Set(TAKEN));
  }

  private numbered(proposals: readonly string[], file: string): string {
    const name = proposals.find((proposal) => proposal.length < LONGEST) ?? 'Part';
    let number = 2;
    while (this.takenIn(file).has(`${name}${number}`)) number++;
    return `${name}${number}`;
  }
}
