import { App, Chart, type ChartProps } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  Assembly,
  type AssemblyOptions,
  type Finding,
  type ObjectModel,
  type Rule,
  type Severity,
  SynthesisError,
} from '../../lib/core';
import { FACTS } from '../../lib/kinds';

/** A chart in an App of its own, with a namespace. */
export function teamChart(props: ChartProps = {}): Chart {
  return new Chart(new App(), 'team', { namespace: 'team', ...props });
}

/** The assembly of everything around a construct. */
export function assembled(construct: IConstruct, options?: AssemblyOptions): Assembly {
  return Assembly.of(construct.node.root, { facts: FACTS, ...options });
}

/** What a chart with some objects in it comes to. */
export function assemble(build: (chart: Chart) => void, options?: AssemblyOptions): Assembly {
  const chart = teamChart();
  build(chart);
  return assembled(chart, options);
}

/** What an assembly says, as lines of `path: message`. */
export function told(assembly: Assembly, severity: Severity): string[] {
  return assembly.findings.filter((finding) => finding.severity === severity).map(line);
}

/** The errors of an assembly, as lines. */
export function errors(assembly: Assembly): string[] {
  return told(assembly, 'error');
}

/** The notes of an assembly, as lines. */
export function notes(assembly: Assembly): string[] {
  return told(assembly, 'note');
}

/** The warnings of an assembly, as lines that end with the rule by which they are acknowledged. */
export function warnings(assembly: Assembly): string[] {
  return assembly.findings
    .filter(({ severity }) => severity === 'warning')
    .map((finding) => `${line(finding)}${finding.rule ? ` (${finding.rule})` : ''}`);
}

/** A rule of a user's own over the finished model. */
export function ruled(level: Severity, check: Rule<ObjectModel>['check']): Rule<ObjectModel> {
  return { id: 'team/rule', level, reason: 'The team wants it.', check };
}

/** What a function throws. */
export function thrown(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** The findings with which a synthesis fails. */
export function refused(action: () => unknown): readonly Finding[] {
  const error = thrown(action);
  if (!(error instanceof SynthesisError)) throw error;
  return error.findings;
}

function line({ path, message }: Finding): string {
  return `${path}: ${message}`;
}
