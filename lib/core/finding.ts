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
  /** All findings of the synthesis, each place on its own. */
  declare readonly findings: readonly Finding[];

  /** @param findings all findings of the synthesis; the message lists the errors among them, those about one thing as one */
  constructor(findings: readonly Finding[]) {
    const errors = lines(findings.filter((finding) => finding.severity === 'error'));
    super([`${errors.length === 1 ? 'an error' : `${errors.length} errors`}, nothing was written`, ...errors].join('\n  '));
    hide(this, { name: 'SynthesisError', findings });
    // Where the library noticed says nothing; the findings name the constructs.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** A finding as one line of a report. */
export function line(finding: Finding): string {
  const { path, message, rule } = finding;
  return `${path || 'app'}: ${message}${rule ? ` (${rule})` : ''}`;
}

/** Findings as lines of a report: those about one thing as one line, which says where else. */
export function lines(findings: readonly Finding[]): string[] {
  return groups(findings).map(([first, ...rest]) => {
    const others = [...new Set(rest.map(({ path }) => path || 'app'))].filter((path) => path !== first.path);
    const more = others.length > PLACES ? ` and ${others.length - PLACES} more` : '';
    return `${line(first)}${others.length > 0 ? `; the same at ${others.slice(0, PLACES).join(', ')}${more}` : ''}`;
  });
}

/** How many further places a line names. */
const PLACES = 3;

/** Findings, those about one thing together. */
export function groups(findings: readonly Finding[]): [Finding, ...Finding[]][] {
  const found = new Map<unknown, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = finding.about ?? finding;
    const group = found.get(key);
    if (group) group.push(finding);
    else found.set(key, [finding]);
  }
  return [...found.values()];
}

/** An error in the props of one construct, thrown by its constructor. */
export class ConstructError extends Error {
  /** Of the construct. */
  declare readonly path: string;
  /** The value, and what is allowed. */
  declare readonly reason: string;

  /**
   * @param path of the construct
   * @param reason the value, and what is allowed
   */
  constructor(path: string, reason: string) {
    super(`${path || 'app'}: ${reason}`);
    hide(this, { name: 'ConstructError', path, reason });
  }
}

/** Members of an error that its message says already: Node would print them a second time. */
function hide(error: Error, members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(members)) Object.defineProperty(error, name, { value, configurable: true });
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
