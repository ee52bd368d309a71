import { join } from 'node:path';
import ts from 'typescript';

/**
 * Holds plain data against a type of the library, as the compiler does for a literal in the same place: wrong types, missing and
 * unknown fields. For what comes from outside of a program, such as a stack's configuration.
 *
 * @param source how errors name where the data comes from
 * @param type name of an exported type of cdk8s-kubeflow
 * @throws Error with everything that is wrong
 */
export function typed<T>(data: unknown, type: string, source: string): T {
  const file = join(__dirname, 'configured.ts');
  const text = `import type { ${type} } from 'cdk8s-kubeflow';\nexport const data: ${type} = ${JSON.stringify(data)};\n`;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => (name === file ? text : readFile(name));
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(name, text, target, true) : getSourceFile(name, target);
  const program = ts.createProgram([file], options, host);
  const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    const path = diagnostic.file && diagnostic.start !== undefined ? pathAt(diagnostic.file, diagnostic.start) : '';
    return `${[source, path].filter(Boolean).join('.')}: ${message}`;
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return data as T;
}

/** The path of the field that stands at a position. */
function pathAt(file: ts.SourceFile, position: number): string {
  const path: string[] = [];
  const visit = (node: ts.Node): void => {
    if (position < node.getStart(file) || position >= node.end) return;
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name)) path.push(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return path.join('.');
}
