import ts from 'typescript';
import { sources, syntax } from './support/source';

/** An interface that the library exports, and where. */
interface Exported {
  readonly file: string;
  readonly declaration: ts.InterfaceDeclaration;
}

const FILES = sources('lib').filter((file) => !file.startsWith('lib/imports/'));

const INTERFACES: readonly Exported[] = FILES.flatMap((file) =>
  syntax(file)
    .statements.filter(ts.isInterfaceDeclaration)
    .filter((declaration) => isExported(declaration))
    .map((declaration) => ({ file, declaration })),
);

/** What people write: the props of constructs, the options of methods, the settings of a platform. Of components, naming one is all. */
const WRITTEN = INTERFACES.filter(({ declaration }) => /(Props|Options|Settings|Selector)$/.test(declaration.name.text));

function isExported(declaration: ts.HasModifiers): boolean {
  return declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function properties({ declaration }: Exported): ts.PropertySignature[] {
  return declaration.members.filter(ts.isPropertySignature);
}

/** The text of the tag `@default`; undefined without one. */
function defaultOf(property: ts.PropertySignature): string | undefined {
  const tag = ts.getJSDocTags(property).find(({ tagName }) => tagName.text === 'default');
  return tag && (ts.getTextOfJSDocComment(tag.comment) ?? '');
}

/** The properties with something wrong, as `file: Interface.property`. */
function wrong(of: readonly Exported[], isWrong: (property: ts.PropertySignature) => boolean): string[] {
  return of.flatMap((it) =>
    properties(it)
      .filter(isWrong)
      .map((property) => `${it.file}: ${it.declaration.name.text}.${property.name.getText()}`),
  );
}

test('there is something to read', () => {
  expect(WRITTEN.length).toBeGreaterThan(30);
  expect(WRITTEN.flatMap(properties).length).toBeGreaterThan(150);
});

test('every optional property that people write tells its default', () => {
  expect(wrong(WRITTEN, (property) => property.questionToken !== undefined && defaultOf(property) === undefined)).toStrictEqual(
    [],
  );
});

test('a default is told as a value, or as what happens then', () => {
  // `- none` says what happens; "undefined" and an empty tag say nothing.
  const saysNothing = (text: string | undefined) => text !== undefined && /^(undefined|-?)$/.test(text.trim());
  expect(wrong(INTERFACES, (property) => saysNothing(defaultOf(property)))).toStrictEqual([]);
});

test('what must be given has no default', () => {
  expect(wrong(WRITTEN, (property) => property.questionToken === undefined && defaultOf(property) !== undefined)).toStrictEqual(
    [],
  );
});

test('what people write is read only', () => {
  const isWritable = (property: ts.PropertySignature) =>
    !property.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword);
  expect(wrong(WRITTEN, isWritable)).toStrictEqual([]);
});

test('everything that the library exports says what it is', () => {
  const silent = FILES.flatMap((file) =>
    syntax(file)
      .statements.filter(
        (statement) =>
          ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isFunctionDeclaration(statement),
      )
      .filter((declaration) => isExported(declaration) && ts.getJSDocCommentsAndTags(declaration).length === 0)
      .map((declaration) => `${file}: ${declaration.name?.text}`),
  );
  expect(silent).toStrictEqual([]);
});
