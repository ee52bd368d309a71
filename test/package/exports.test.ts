import { join } from 'node:path';
import ts from 'typescript';

const BUILD = join(__dirname, '../../build');
const manifest = require('../../package.json') as { exports: Record<string, { types?: string } | string> };

/** The declarations of every entry of the package. */
const ENTRIES = Object.values(manifest.exports).flatMap((entry) =>
  typeof entry === 'object' && entry.types ? [join(BUILD, '..', entry.types)] : [],
);

/** An alias of one file, which the compiler writes out for whoever uses it. */
function isShorthand({ declarations = [] }: ts.Symbol): boolean {
  return declarations.every(
    (declaration) =>
      ts.isTypeAliasDeclaration(declaration) &&
      !ts.getModifiers(declaration)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
  );
}

/** Types of the library that signatures of an entry name, and no entry exports. */
function unexported(): string[] {
  const program = ts.createProgram(ENTRIES, { module: ts.ModuleKind.NodeNext, skipLibCheck: true, types: ['node'] });
  const checker = program.getTypeChecker();
  const target = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  const exported = new Set<ts.Symbol>();
  const collect = (module: ts.Symbol): void => {
    for (const symbol of checker.getExportsOfModule(module).map(target)) {
      if (exported.has(symbol)) continue;
      exported.add(symbol);
      // A namespace of generated kinds, `apps` for instance.
      if (symbol.flags & ts.SymbolFlags.ValueModule) collect(symbol);
    }
  };
  for (const entry of ENTRIES) collect(checker.getSymbolAtLocation(program.getSourceFile(entry) as ts.SourceFile) as ts.Symbol);

  const missing = new Set<string>();
  const visit = (node: ts.Node, holder: string): void => {
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : ts.isImportTypeNode(node)
          ? node.qualifier
          : undefined;
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol) {
      const found = target(symbol);
      const file = found.declarations?.[0]?.getSourceFile().fileName ?? '';
      const isOwn = file.startsWith(BUILD) && !(found.flags & ts.SymbolFlags.TypeParameter) && !isShorthand(found);
      if (isOwn && !exported.has(found)) missing.add(`${found.name} of ${file.slice(BUILD.length + 1)}, named by ${holder}`);
    }
    ts.forEachChild(node, (child) => visit(child, holder));
  };
  for (const symbol of exported) {
    for (const declaration of symbol.declarations ?? []) {
      if (!ts.isSourceFile(declaration) && declaration.getSourceFile().fileName.startsWith(BUILD))
        visit(declaration, symbol.name);
    }
  }
  return [...missing].sort();
}

test('every type that a public signature names can be imported', () => {
  expect(ENTRIES.length).toBeGreaterThan(1);
  expect(unexported()).toEqual([]);
});
