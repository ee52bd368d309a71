import { type Catalogue, fileOf, type ImportedKind } from './catalogue';
import { namespaceOf } from './groups';
import { HEADER } from './header';
import type { Declared } from './names';
import { remember } from './remember';
import { type Field, Interface, interfaceIn, type Type, type Types } from './types';
import { compare } from './versions';
import { camel, isIdentifier, quoted, typeName } from './words';

/** What generated files import from. */
export interface Library {
  /** The module that has `kindsOf`. */
  readonly kinds: string;
  /** The module that exports Kubernetes' own types, a namespace for each group; without it they are generated files too. */
  readonly types?: string;
  /** Where generated files have the pool: in the folder `schemas` beside them, or in a module, which a compiler takes along. */
  readonly pool: 'folder' | 'module';
  /** What paths of generated files end with where they import each other: ES modules want one. */
  readonly extension: '' | '.js';
}

/** The TypeScript files of a catalogue by name: one for each group, `shared.ts` and `index.ts`. */
export function print(
  catalogue: Catalogue,
  types: Types,
  declared: ReadonlyMap<Interface, Declared>,
  library: Library,
): Map<string, string> {
  const files = new Map<string, FilePrinter>();
  const file = (name: string): FilePrinter => remember(files, name, () => new FilePrinter(name, declared, library));
  const kinds = [...catalogue.kinds]
    .filter((kind) => kind.served && (library.types === undefined || kind.definition !== undefined))
    .sort((a, b) => compare(a.kind, b.kind) || Number(b.preferred) - Number(a.preferred) || compare(a.version, b.version));
  for (const kind of kinds) file(fileOf(kind.group)).kind(kind, types.root(kind));
  // Those that no kind of the same group holds, in the shared file and in that of apimachinery, follow the alphabet.
  const rest = [...declared]
    .filter(([type, { printed }]) => printed && !(library.types && type.ref))
    .sort(([, a], [, b]) => compare(a.name, b.name));
  for (const [type, { file: name }] of rest) file(name).interface(type);

  const texts = new Map([...files].map(([name, printer]) => [`${name}.ts`, printer.text()]));
  const taken = new Set<string>();
  const index = [...files.keys()].sort(compare).map((name) => {
    const path = quoted(`./${name}${library.extension}`);
    return `export * as ${free(namespaceOf(name), taken)} from ${path};\n`;
  });
  return texts.set('index.ts', HEADER + index.sort(compare).join(''));
}

/** A name that is not taken yet, and is from then on. */
function free(name: string, taken: Set<string>): string {
  let found = name;
  while (taken.has(found) || RESERVED.has(found)) found += '_';
  taken.add(found);
  return found;
}

/** Builds one file. */
class FilePrinter {
  private readonly interfaces = new Map<Interface, string>();
  private readonly kinds: { readonly kind: ImportedKind; readonly type: Interface }[] = [];
  private readonly scopes = new Set<string>();
  /** Modules by the namespace under which they are imported. */
  private readonly imports = new Map<string, string>();

  constructor(
    private readonly file: string,
    private readonly declared: ReadonlyMap<Interface, Declared>,
    private readonly library: Library,
  ) {}

  kind(kind: ImportedKind, type: Interface): void {
    this.scopes.add(methodOf(kind));
    this.kinds.push({ kind, type });
    this.typeText(type);
    this.interface(type);
  }

  /** Prints an interface and, below it, those that it alone made known. */
  interface(type: Interface): void {
    if (!this.declares(type) || this.interfaces.has(type)) return;
    const fields = type.fields.map((field) => `  ${this.field(field)};\n`);
    if (type.open) fields.push('  [field: string]: unknown;\n');
    this.interfaces.set(type, `export interface ${this.declaration(type).name} {\n${fields.join('')}}\n`);
    for (const field of type.fields) {
      const inner = interfaceIn(field.type);
      if (inner) this.interface(inner);
    }
  }

  /** The whole file. */
  text(): string {
    const interfaces = [...this.interfaces.values()].join('\n');
    const imports = [...this.imports]
      .sort(([a], [b]) => compare(a, b))
      .map(([name, module]) => {
        return `import type ${module === this.library.types ? `{ ${name} }` : `* as ${name}`} from ${quoted(module)};\n`;
      });
    if (this.kinds.length === 0) return `${HEADER}${imports.join('')}\n${interfaces}`;
    const inFolder = this.library.pool === 'folder';
    const head = [
      ...(inFolder ? ["import { join } from 'node:path';\n"] : []),
      `import { kindsOf } from ${quoted(this.library.kinds)};\n`,
      ...imports,
      ...(inFolder ? [] : [`import { schemas } from ${quoted(`./schemas${this.library.extension}`)};\n`]),
    ];
    const group = quoted(this.file === 'core' ? '' : this.file);
    const scopes = [...this.scopes].sort(compare).join(', ');
    const maker = `const { ${scopes} } = kindsOf(${group}, ${inFolder ? "join(__dirname, 'schemas')" : 'schemas'});\n`;
    return `${HEADER}${head.join('')}\n${interfaces}\n${maker}\n${this.values().join('')}`;
  }

  /** The kinds as values, whose names are none of those that the file has otherwise. */
  private values(): string[] {
    const taken = new Set(['cluster', 'join', 'kindsOf', 'namespaced', 'schemas', ...this.imports.keys()]);
    return this.kinds.map(({ kind, type }) => {
      const { version, plural, preferred } = kind;
      const name = free(preferred ? camel(plural) : camel(plural) + typeName(version, false), taken);
      const names = [version, kind.kind, plural].map(quoted).join(', ');
      return `export const ${name} = ${methodOf(kind)}<${this.typeText(type)}>(${names});\n`;
    });
  }

  private field({ name, required, type }: Field): string {
    return `${isIdentifier(name) ? name : quoted(name)}${required ? '' : '?'}: ${this.typeText(type)}`;
  }

  private typeText(type: Type): string {
    if (type instanceof Interface) return this.reference(type);
    if ('text' in type) return type.text;
    if ('record' in type) return `Record<string, ${this.typeText(type.record)}>`;
    const item = this.typeText(type.list);
    const compound = 'list' in type.list || ('text' in type.list && item.includes(' | '));
    return `readonly ${compound ? `(${item})` : item}[]`;
  }

  private reference(type: Interface): string {
    const { file, name } = this.declaration(type);
    if (this.declares(type)) return name;
    const namespace = namespaceOf(file);
    this.imports.set(
      namespace,
      type.ref !== undefined && this.library.types !== undefined ? this.library.types : `./${file}${this.library.extension}`,
    );
    return `${namespace}.${name}`;
  }

  /** Whether an interface is declared in this file. */
  private declares(type: Interface): boolean {
    return this.declaration(type).file === this.file && (type.ref === undefined || this.library.types === undefined);
  }

  private declaration(type: Interface): Declared {
    const declared = this.declared.get(type);
    if (!declared) throw new Error(`an interface in ${this.file} has no name`);
    return declared;
  }
}

/** What makes the values of kinds of a scope. */
function methodOf({ scope }: ImportedKind): string {
  return scope === 'Namespaced' ? 'namespaced' : 'cluster';
}

/** Words that cannot name a value of a module. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export exports extends ' +
    'false finally for function if implements import in instanceof interface let module new null package private protected ' +
    'public require return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);
