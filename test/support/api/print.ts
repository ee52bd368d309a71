import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: false });

/** The entry points of the package by their names, as its package.json has them. */
function entryPoints(root: string): [name: string, types: string][] {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
  };
  return Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'string' ? [] : [[path.replace('.', name), join(root, target.types)] as [string, string]],
  );
}

/** Whether a member of a class is none that users see. */
function isHidden(member: ts.ClassElement): boolean {
  const flags = ts.getCombinedModifierFlags(member);
  return (flags & ts.ModifierFlags.Private) !== 0 || (member.name !== undefined && ts.isPrivateIdentifier(member.name));
}

/** A class without what users do not see. */
function visible(node: ts.Node): ts.Node {
  if (!ts.isClassDeclaration(node)) return node;
  const { modifiers, name, typeParameters, heritageClauses, members } = node;
  return ts.factory.updateClassDeclaration(
    node,
    modifiers,
    name,
    typeParameters,
    heritageClauses,
    members.filter((member) => !isHidden(member)),
  );
}

/** A type as it is in the end, where it is made of another one: the members of a mapped type, the values of `keyof`. */
function expanded(checker: ts.TypeChecker, node: ts.Node): string | undefined {
  if (!ts.isTypeAliasDeclaration(node) || node.typeParameters) return undefined;
  const type = checker.getTypeAtLocation(node);
  const text = (one: ts.Type, flags = ts.TypeFormatFlags.NoTruncation) =>
    checker.typeToString(one, node, flags).replaceAll(/import\("[^"]*"\)\./g, '');
  if (ts.isMappedTypeNode(node.type)) {
    const lines = type.getProperties().map((member) => {
      const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
      return `    ${member.name}${isOptional ? '?' : ''}: ${text(checker.getNonNullableType(checker.getTypeOfSymbol(member)))};`;
    });
    return `type ${node.name.text} = {\n${lines.join('\n')}\n};`;
  }
  if (type.isUnion() && type.types.every((one) => one.isLiteral()) && !ts.isUnionTypeNode(node.type))
    return `type ${node.name.text} = ${text(type, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias)};`;
  return undefined;
}

/** The declarations of one name. */
function declared(checker: ts.TypeChecker, exported: ts.Symbol): string[] {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const declarations = symbol.declarations ?? [];
  if (declarations.some(ts.isSourceFile)) return [`namespace ${exported.name};`];
  return declarations.map((declaration) => {
    const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const text = expanded(checker, node) ?? printer.printNode(ts.EmitHint.Unspecified, visible(node), node.getSourceFile());
    const called = symbol.name === exported.name ? '' : `// exported as ${exported.name}\n`;
    return called + text.replace(/^(export |declare )+/, '');
  });
}

/** The public API of the package as it was built, one declaration after the other by their names. */
export function publicApi(root: string): string {
  const entries = entryPoints(root);
  const program = ts.createProgram(
    entries.map(([, file]) => file),
    {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      strict: true,
    },
  );
  const checker = program.getTypeChecker();
  const parts = entries.map(([name, file]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile) as ts.Symbol;
    const exported = checker.getExportsOfModule(module).sort((one, other) => (one.name < other.name ? -1 : 1));
    return `## ${name}\n\n\`\`\`ts\n${exported.flatMap((symbol) => declared(checker, symbol)).join('\n\n')}\n\`\`\`\n`;
  });
  return `# Public API\n\nWritten by \`npm run api\`. A change of this file is a change of what users see.\n\n${parts.join('\n')}`;
}
