import type { IConstruct } from 'constructs';
import { ConstructError, Notes } from '../core';
import { DNS_1035_LABEL, problem } from '../core/names';

/** What the breach of a rule is worth: an error fails in the constructor, a warning is told until it is acknowledged. */
export type RuleLevel = 'error' | 'warning';

/** One rule that admission or a controller enforces, or that keeps a workload from hanging without a word. */
export interface Rule<Facts> {
  /** By which it can be acknowledged. */
  readonly id: string;
  readonly level: RuleLevel;
  /** What is wrong, and what to do; undefined when nothing is. */
  readonly check: (facts: Facts) => string | undefined;
}

/** The rule of a name that becomes the name of a Service, or of hosts. */
export function nameRule(id: string): Rule<{ readonly name: string }> {
  return { id, level: 'error', check: ({ name }) => problem(name, DNS_1035_LABEL) };
}

/**
 * Holds a workload to its rules.
 *
 * @param acknowledge ids of warnings that are meant
 * @throws ConstructError with every breach
 */
export function enforce<Facts>(
  construct: IConstruct,
  rules: readonly Rule<Facts>[],
  facts: Facts,
  acknowledge: readonly string[] = [],
): void {
  const unknown = acknowledge.filter((id) => !rules.some((rule) => rule.id === id && rule.level === 'warning'));
  const said = ({ id, check }: Rule<Facts>) => {
    const message = check(facts);
    return message && `${message} (${id})`;
  };
  const errors = [
    ...rules.filter(({ level }) => level === 'error').map(said),
    ...unknown.map((id) => `acknowledge names ${id}, which is no warning here`),
  ].filter((message) => message !== undefined);
  if (errors.length > 0) throw new ConstructError(construct.node.path, errors.join('; '));
  // What only the finished app shows, facts may say of it when a warning is told.
  for (const rule of rules)
    if (rule.level === 'warning' && !acknowledge.includes(rule.id)) Notes.warn(construct, () => said(rule));
}

/**
 * What a construct is made of.
 *
 * @param path of the construct
 * @throws ConstructError with what values have to say that do not know for whom they are
 */
export function madeFor<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if ((error as Error).name !== 'Error') throw error;
    throw new ConstructError(path, (error as Error).message);
  }
}
