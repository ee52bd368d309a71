import { type Catalogue, fileOf, type ImportedKind } from './catalogue';
import { type Interface, interfaceIn, type Types } from './types';
import { compare } from './versions';
import { typeName } from './words';

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

/** Words that say nothing without the name of their holder. */
const GENERIC = new Set(['Spec', 'Status', 'Template', 'Item', 'Value', 'Config', 'Object', 'Data', 'Field', 'Option', 'Options', 'Ref']);

/** Names that generated text uses itself. */
const TAKEN = ['Record'];

const LONGEST = 60;

/** An interface on its way to a name. */
interface Candidate {
  readonly type: Interface;
  readonly groups: Set<string>;
  /** The first way to it, from the kinds downwards. */
  readonly kind: ImportedKind;
  readonly holder?: Interface;
  readonly field: string;
  readonly several: boolean;
  printed: boolean;
}

/** Gives every interface of a catalogue its file and its name. */
export function nameInterfaces(catalogue: Catalogue, types: Types): Map<Interface, Declared> {
  const found = walk(catalogue, types);
  const names = new Names(similarTo(found));
  for (const { type, kind, printed } of found) {
    if (type.ref === undefined) continue;
    const file = type.ref.slice(0, type.ref.indexOf('#'));
    const version = type.ref.slice(file.length + 1, type.ref.lastIndexOf('.'));
    const same = found.filter((other) => other.type.name === type.name && other.type.ref?.startsWith(`${file}#`));
    const plain = same.length < 2 || (kind.version === version && kind.preferred);
    names.keep(type, { file, name: plain ? type.name : type.name + typeName(version, false), printed });
  }
  for (const candidate of found) if (candidate.type.ref === undefined) names.give(candidate);
  return names.given;
}

/** All interfaces, level by level from the kinds: first what authors write, preferred versions before others; then the status. */
function walk(catalogue: Catalogue, types: Types): Candidate[] {
  const found = new Map<Interface, Candidate>();
  const kinds = [...catalogue.kinds]
    .filter((kind) => kind.served)
    .sort((a, b) => Number(b.preferred) - Number(a.preferred) || compare(a.group, b.group) || compare(a.kind, b.kind) || compare(a.version, b.version));
  const spread = (start: readonly Omit<Candidate, 'groups'>[]): void => {
    for (let level = start; level.length > 0; ) {
      const next: Omit<Candidate, 'groups'>[] = [];
      for (const step of level) {
        const known = found.get(step.type);
        if (known?.groups.has(step.kind.group)) continue;
        if (known) known.groups.add(step.kind.group);
        else found.set(step.type, { ...step, groups: new Set([step.kind.group]) });
        for (const field of step.type.fields) {
          const inner = interfaceIn(field.type);
          if (inner) next.push({ type: inner, kind: step.kind, holder: step.type, field: field.name, several: inner !== field.type, printed: step.printed });
        }
      }
      level = next;
    }
  };
  spread(kinds.map((kind) => ({ type: types.root(kind), kind, field: '', several: false, printed: true })));
  spread(
    kinds.flatMap((kind) => {
      const inner = interfaceIn(types.status(kind) ?? { text: '' });
      return inner ? [{ type: inner, kind, holder: types.root(kind), field: 'status', several: false, printed: false }] : [];
    }),
  );
  return [...found.values()];
}

class Names {
  readonly given = new Map<Interface, Declared>();
  private readonly taken = new Map<string, Set<string>>();

  constructor(private readonly similar: (type: Interface) => string | undefined) {}

  /** Gives a name that is settled. */
  keep(type: Interface, declared: Declared): void {
    this.takenIn(declared.file).add(declared.name);
    this.given.set(type, declared);
  }

  /** Gives the best name that is free. */
  give(candidate: Candidate): void {
    const file = candidate.groups.size > 1 ? SHARED : fileOf(candidate.kind.group);
    const taken = this.takenIn(file);
    const proposals = this.proposals(candidate).filter((name) => name.length <= LONGEST);
    const name = proposals.find((one) => !taken.has(one)) ?? numbered(proposals.at(-1) ?? 'Part', taken);
    this.keep(candidate.type, { file, name, printed: candidate.printed });
  }

  private takenIn(file: string): Set<string> {
    const taken = this.taken.get(file) ?? new Set(TAKEN);
    this.taken.set(file, taken);
    return taken;
  }

  /** What an interface may be called, the best first. */
  private proposals({ type, kind, holder, field, several }: Candidate): string[] {
    const versioned = kind.preferred ? kind.kind : kind.kind + typeName(kind.version, false);
    if (!holder) return [kind.kind, versioned, `${versioned}Object`];
    const similar = this.similar(type);
    if (similar) return [similar, kind.kind + similar, versioned + similar];
    const base = typeName(field, several);
    const above = (this.given.get(holder)?.name ?? holder.name).replace(/(?!^)Spec$/, '');
    const long = [join(above, base), join(kind.kind, base), join(versioned, base), join(kind.kind, join(above, base))];
    return GENERIC.has(base) ? long : [base, ...long];
  }
}

/** Two names in a row, without saying a word twice: `TrainJob` and `JobTemplate` are `TrainJobTemplate`. */
function join(left: string, right: string): string {
  const words = right.match(/[A-Z][^A-Z]*/g) ?? [right];
  const [first = ''] = words;
  return left.endsWith(first) ? left + right.slice(first.length) : left + right;
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}${number}`)) number++;
  return `${name}${number}`;
}

/** Finds the interface of Kubernetes that a custom one was copied from, in an older version mostly, by its fields. */
function similarTo(found: readonly Candidate[]): (type: Interface) => string | undefined {
  const own = found
    .filter(({ type, printed, holder }) => printed && holder && type.ref !== undefined)
    .map(({ type }) => ({ name: type.name, fields: new Set(type.fields.map((field) => field.name)) }));
  return (type) => {
    const fields = type.fields.map((field) => field.name);
    const scored = own.map(({ name, fields: theirs }) => {
      const common = fields.filter((field) => theirs.has(field)).length;
      return { name, common, share: common / (fields.length + theirs.size - common) };
    });
    const [best] = scored.filter(({ common, share }) => common >= 4 && share >= 0.6).sort((a, b) => b.share - a.share || compare(a.name, b.name));
    return best?.name;
  };
}
