import type { IConstruct } from 'constructs';
import { type Finding, refuse, type Severity } from './finding';
import { Notes } from './notes';
import { nearest } from './schemas/nearest';

/** Name of a rule: the product whose it is, and what is wrong in a few words, for instance `katib/no-budget`. */
export type RuleId = `${string}/${string}`;

/** What breaks a rule. */
export interface Breach {
  /** One sentence: the value, and what is allowed or what to do. */
  readonly message: string;
  /** Path of the construct it is about. @default - of the construct that is held to the rule */
  readonly path?: string;
  /** What it is about, where others may be about the same. @default - nothing that others are about */
  readonly about?: string;
}

/** Something that a cluster would refuse, or would let hang or fail without a word. */
export interface Rule<Subject> {
  /** By which it is found in the documentation, and acknowledged. */
  readonly id: RuleId;
  /** What a breach is worth: an error stops, a warning or a note is told until it is acknowledged. */
  readonly level: Severity;
  /** Why it is a rule, in one sentence. */
  readonly reason: string;
  /** What is wrong with a subject; nothing when it keeps the rule. */
  readonly check: (subject: Subject) => Iterable<Breach>;
  /** Whether only the finished app shows whether it is kept, so that an error is told at synthesis. @default false */
  readonly late?: boolean;
}

/** What is wrong, as one sentence; undefined when nothing is. */
export type Sentence<Subject> = (subject: Subject) => string | undefined;

/** A rule whose breach is refused. */
export function error<Subject>(id: RuleId, reason: string, sentence: Sentence<Subject>): Rule<Subject> {
  return { id, level: 'error', reason, check: breaches(sentence) };
}

/** A rule whose breach may be meant. */
export function warning<Subject>(id: RuleId, reason: string, sentence: Sentence<Subject>): Rule<Subject> {
  return { id, level: 'warning', reason, check: breaches(sentence) };
}

/** A rule whose breach is worth knowing. */
export function note<Subject>(id: RuleId, reason: string, sentence: Sentence<Subject>): Rule<Subject> {
  return { id, level: 'note', reason, check: breaches(sentence) };
}

/** The same rule, held when the app is finished. */
export function late<Subject>(rule: Rule<Subject>): Rule<Subject> {
  return { ...rule, late: true };
}

/** A rule of several subjects that only the finished app shows, each held to the same rule. */
export function forEach<Subject>(rule: Rule<Subject>): Rule<() => readonly Subject[]> {
  return late({ ...rule, check: (subjects) => subjects().flatMap((subject) => [...rule.check(subject)]) });
}

function breaches<Subject>(sentence: Sentence<Subject>): Rule<Subject>['check'] {
  return (subject) => {
    const message = sentence(subject);
    return message ? [{ message }] : [];
  };
}

/** What rules have to say of a subject. @param path of the construct that is held to them */
export function findings<Subject>(rules: readonly Rule<Subject>[], subject: Subject, path = ''): Finding[] {
  return rules.flatMap(({ id, level, check }) =>
    Array.from(check(subject), (breach) => ({ severity: level, path, ...breach, rule: id })),
  );
}

/**
 * Holds a construct to rules: errors are thrown, what only the finished app shows is told at synthesis.
 *
 * @param acknowledge ids of warnings that are meant
 * @throws ConstructError with every error
 */
export function enforce<Subject>(
  construct: IConstruct,
  rules: readonly Rule<Subject>[],
  subject: Subject,
  acknowledge: readonly string[] = [],
): void {
  const immediate = rules.filter((rule) => rule.level === 'error' && !rule.late);
  const later = rules.filter((rule) => !immediate.includes(rule));
  const ids = later.filter(({ level }) => level !== 'error').map(({ id }) => id);
  refuse(construct, [
    ...findings(immediate, subject).map(sentenceOf),
    ...acknowledge.filter((id) => !ids.some((known) => known === id)).map((id) => `acknowledge names ${unknownRule(id, ids)}`),
  ]);
  const { path } = construct.node;
  const errors = later.filter(({ level }) => level === 'error');
  const told = later.filter(({ level, id }) => level !== 'error' && !acknowledge.includes(id));
  if (errors.length > 0) construct.node.addValidation({ validate: () => findings(errors, subject).map(sentenceOf) });
  if (told.length > 0) Notes.find(construct, () => findings(told, subject, path));
}

/** A finding as one text, which ends with its rule. */
function sentenceOf({ message, rule }: Finding): string {
  return `${message} (${rule})`;
}

/** What a text says, and the rule that it ends with. */
export function parseSentence(text: string): Pick<Finding, 'message' | 'rule'> {
  const [, message = text, rule] = /^(.*) \(([a-z0-9-]+\/[a-z0-9-]+)\)$/s.exec(text) ?? [];
  return { message, ...(rule !== undefined && { rule: rule as RuleId }) };
}

/** What is said of an id that is none of some rules that can be acknowledged. */
export function unknownRule(id: string, known: readonly string[]): string {
  const near = nearOnes(id, known);
  if (near.length > 0) return `${id}, which is no warning here; did you mean ${near.join(' or ')}?`;
  return `${id}, which is no warning here${known.length > 0 ? `; there are ${known.join(', ')}` : ''}`;
}

/** Three ids at most: one that is nearly the same, then those with the most words in common. */
function nearOnes(id: string, known: readonly string[]): string[] {
  const words = (text: string) => text.slice(text.indexOf('/') + 1).split('-');
  const shared = (other: string) => words(other).filter((word) => word.length > 3 && words(id).includes(word)).length;
  const same = nearest(id, known);
  const alike = known.filter((other) => shared(other) > 0).sort((one, other) => shared(other) - shared(one));
  return [...new Set([...(same ? [same] : []), ...alike])].slice(0, 3);
}
