import { Late } from '../late';
import type { NameRule } from '../names';
import { fieldPath, type Step } from '../schemas/schema';
import { shown } from '../schemas/values';
import type { Doubt, ValidatedSubject } from './subjects';

/** Something that Kubernetes' validation has against a field. */
export interface Fault {
  /** A warning for what the API server accepts and what is hardly meant. */
  readonly severity: 'error' | 'warning';
  /** The rule that it breaks. */
  readonly rule: `kubernetes/${string}`;
  /** Where it is: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** What is there and what is allowed: `is 0, must be at least 1`. */
  readonly message: string;
}

/** What a validation is about: where it begins, and how much of the object is there. */
export interface Validated {
  /** Path of the value that is validated; empty for a whole object. */
  readonly path: string;
  /**
   * Whether others add to the value before the API server sees it, as controllers do with the pods of custom resources: then
   * nothing is missing, and texts with `{{…}}` or `${…}` are filled in.
   */
  readonly isPartial: boolean;
}

/** A text that a program of the cluster fills in: of Go's templates, of Katib's parameters. */
const TEMPLATE = /\{\{|\$\{/;

/** Whether something else stands in place of a text of a custom resource when it comes to the API server as a part of a pod. */
export function isTemplate(text: string): boolean {
  return Late.isIn(text) || TEMPLATE.test(text);
}

/** A field that is validated. Its path is put together only when something is wrong there. */
export class Field {
  private constructor(
    private readonly validated: Validated,
    private readonly subject: ValidatedSubject,
    private readonly faults: Fault[],
    private readonly parent?: Field,
    private readonly step?: Step,
  ) {}

  /** What validations find from a place on. */
  static faults(validated: Validated, subject: ValidatedSubject, validate: (field: Field) => void): Fault[] {
    const faults: Fault[] = [];
    validate(new Field(validated, subject, faults));
    return faults;
  }

  get isPartial(): boolean {
    return this.validated.isPartial;
  }

  /** The field of that name, or the item of that index. */
  at(step: Step): Field {
    return new Field(this.validated, this.subject, this.faults, this, step);
  }

  /** The same field, looked at for something else. */
  as(subject: ValidatedSubject): Field {
    return new Field(this.validated, subject, this.faults, this.parent, this.step);
  }

  /** Visits the items of a list. */
  each<T>(name: string, items: readonly T[] | undefined, visit: (item: T, field: Field, index: number) => void): void {
    // What a deployment fills in is a text until then, whatever it stands for.
    if (!Array.isArray(items)) return;
    const list = this.at(name);
    items.forEach((item, index) => {
      visit(item, list.at(index), index);
    });
  }

  /** Visits the values of a record. */
  entries<T>(
    name: string,
    record: Readonly<Record<string, T>> | undefined,
    visit: (key: string, value: T, field: Field) => void,
  ): void {
    if (typeof record !== 'object') return;
    const parent = this.at(name);
    for (const [key, value] of Object.entries(record)) visit(key, value, parent.at(key));
  }

  /** Says that the value of the field is not allowed. @param wanted what it must do: `be at least 1` */
  must(wanted: string, value: unknown): void {
    this.say(`is ${shown(value)}, must ${wanted}`);
  }

  /** Says what is wrong with the field. */
  say(message: string): void {
    this.fault('error', `invalid-${this.subject}`, message);
  }

  /** Says what the API server accepts and what is hardly meant. */
  warn(doubt: Doubt, message: string): void {
    this.fault('warning', doubt, message);
  }

  /** Holds a text to a rule, when there is one. */
  text(name: string, text: string | undefined, rule: NameRule): void {
    if (text === undefined || this.isFilledIn(text) || fits(text, rule)) return;
    this.at(name).must(`be ${rule.allowed}`, text);
  }

  /** Holds every text of a list to a rule. */
  texts(name: string, texts: readonly string[] | undefined, rule: NameRule): void {
    this.each(name, texts, (text, field) => {
      if (!field.isFilledIn(text) && !fits(text, rule)) field.must(`be ${rule.allowed}`, text);
    });
  }

  /** Holds a number to bounds, when there is one. */
  number(name: string, value: number | undefined, least: number, most?: number): void {
    if (typeof value !== 'number' || (value >= least && value <= (most ?? Number.POSITIVE_INFINITY))) return;
    this.at(name).must(most === undefined ? `be at least ${least}` : `be between ${least} and ${most}`, value);
  }

  /** Says that a text is missing: of partial values only, when it is empty. */
  required(name: string, value: unknown): void {
    if (value === undefined ? !this.isPartial : value === '') this.at(name).say('is required');
  }

  /**
   * Says when not exactly one of some fields is set.
   *
   * @returns how many are
   */
  oneOf(value: object, names: readonly string[], least = 1): number {
    const set = names.filter((name) => (value as Readonly<Record<string, unknown>>)[name] !== undefined);
    if (set.length > 1) this.say(`has ${set.join(' and ')}, only one of which is allowed`);
    else if (set.length < least) this.say(`must have ${names.length > 1 ? 'one of ' : ''}${names.join(', ')}`);
    return set.length;
  }

  /** Says when a value of several items occurs again; nothing for an undefined one. */
  once(seen: Set<string>, value: string | undefined, found: () => string): void {
    if (value === undefined) return;
    if (seen.has(value)) this.say(found());
    seen.add(value);
  }

  /** Whether something else stands in place of a text when it comes to the API server. */
  isFilledIn(text: string): boolean {
    return this.validated.isPartial ? isTemplate(text) : Late.isIn(text);
  }

  private fault(severity: Fault['severity'], rule: string, message: string): void {
    const steps: Step[] = [];
    for (let field: Field | undefined = this; field?.step !== undefined; field = field.parent) steps.unshift(field.step);
    const own = fieldPath(steps);
    const { path } = this.validated;
    this.faults.push({
      severity,
      rule: `kubernetes/${rule}`,
      path: path && own ? `${path}${own.startsWith('[') ? '' : '.'}${own}` : path || own,
      message,
    });
  }
}

/** Whether a text follows a rule. */
export function fits(text: string, { pattern, length }: NameRule): boolean {
  return text.length <= length && pattern.test(text);
}
