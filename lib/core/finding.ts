import type { IConstruct } from 'constructs';
import type { RuleId } from './rule';

/** How much a finding weighs: an error stops the synthesis, a note is only told. */
export type Severity = 'error' | 'warning' | 'note';

/** One thing that the kernel or a check has to say about the model. */
export interface Finding {
  readonly severity: Severity;
  /** Path of the construct it is about. */
  readonly path: string;
  /** One sentence: the value, and what is allowed or what to do. */
  readonly message: string;
  /** What it is about, where others may be about the same; a report tells one of them and counts the rest. */
  readonly about?: string;
  /** The rule that is broken; undefined for what no rule says, for instance an object that cannot be finished. */
  readonly rule?: RuleId;
}

/** Everything that is wrong with a model, in one error; nothing was written. */
export class SynthesisError extends Error {
  /** @param findings all findings of the synthesis; the message lists the errors among them */
  constructor(readonly findings: readonly Finding[]) {
    const errors = findings.filter((finding) => finding.severity === 'error');
    super(
      [`${errors.length === 1 ? 'an error' : `${errors.length} errors`}, nothing was written`, ...errors.map(line)].join('\n  '),
    );
    this.name = 'SynthesisError';
    // Where the library noticed says nothing; the findings name the constructs.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** A finding as one line of a report. */
export function line(finding: Finding): string {
  const { path, message, rule } = finding;
  return `${path || 'app'}: ${message}${rule ? ` (${rule})` : ''}`;
}

/** An error in the props of one construct, thrown by its constructor. */
export class ConstructError extends Error {
  /**
   * @param path of the construct
   * @param reason the value, and what is allowed
   */
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path || 'app'}: ${reason}`);
    this.name = 'ConstructError';
  }
}

/** Refuses a construct for everything that is wrong with its props. @throws ConstructError when anything is */
export function refuse(construct: IConstruct, problems: readonly string[]): void {
  if (problems.length > 0) throw new ConstructError(construct.node.path, problems.join('; '));
}

/** Several messages as one; undefined when there are none. */
export function together(messages: readonly (string | undefined)[], between = '; '): string | undefined {
  return messages.filter((message) => message !== undefined).join(between) || undefined;
}

/** What a thrown error says, for a place that names the construct itself. */
export function reasonOf(error: unknown): string {
  if (error instanceof ConstructError) return error.reason;
  if (error instanceof RangeError) return 'a value contains itself, so it has no end and is no data';
  return (error as Error).message;
}
