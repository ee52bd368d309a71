import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '..', '..');

/** A module that a file of the library imports or re-exports. */
export interface Import {
  /** Path of the file that has it, from the root of the repository. */
  readonly from: string;
  /** Path of the file that it names, from the root of the repository; for a package, its name. */
  readonly to: string;
  /** Names of the values among what is imported; types do not count, `*` stands for all. */
  readonly values: readonly string[];
}

/** Paths of the TypeScript files in a folder, from the root of the repository. */
export function sources(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .sort();
}

/** The syntax of a file. */
export function syntax(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Everything that a file imports or re-exports. */
export function imports(file: string): Import[] {
  return syntax(file).statements.flatMap((statement) => {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return [];
    const { text } = moduleSpecifier;
    const to = text.startsWith('.') ? fileOf(join(dirname(file), text)) : text;
    return [{ from: file, to, values: isImport ? imported(statement) : exported(statement) }];
  });
}

/** The file behind a path without its ending: itself, or the index of a folder. */
function fileOf(path: string): string {
  return existsSync(join(ROOT, `${path}.ts`)) ? `${path}.ts` : join(path, 'index.ts');
}

function imported({ importClause }: ts.ImportDeclaration): string[] {
  if (!importClause || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { namedBindings } = importClause;
  if (!namedBindings) return ['default'];
  return ts.isNamespaceImport(namedBindings) ? ['*'] : valuesOf(namedBindings.elements);
}

function exported({ isTypeOnly, exportClause }: ts.ExportDeclaration): string[] {
  if (isTypeOnly) return [];
  return exportClause && ts.isNamedExports(exportClause) ? valuesOf(exportClause.elements) : ['*'];
}

function valuesOf(elements: Iterable<ts.ImportSpecifier | ts.ExportSpecifier>): string[] {
  return [...elements].filter((element) => !element.isTypeOnly).map(({ propertyName, name }) => (propertyName ?? name).text);
}
