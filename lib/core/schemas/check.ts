import { Late } from '../late';
import { nearest } from './nearest';
import { ANY_VALUE, LIST, NUMBER, OBJECT, type Restriction, TEXT } from './restrictions';
import { fieldPath, type Schema, type SchemaSource, type Step } from './schema';
import { canonical, count, isObject, type JsonObject, shown } from './values';

/** Something in a value that an API server refuses. */
export interface Violation {
  /** Where it is: `spec.template.spec.containers[0].image`, `metadata.labels["a.b/c"]`; empty for the value itself. */
  readonly path: string;
  /** What is there and what is allowed: `is 0, must be at least 1`. */
  readonly message: string;
  /** What is allowed, for messages that may not tell what is there: `be at least 1`. */
  readonly wanted?: string;
}

/** What the check of a value found. */
export interface Verdict {
  /** In the order of the value's fields; what is wrong with an object as a whole comes before its fields. */
  readonly violations: Violation[];
  /** How many CEL rules apply to the value; they are left to the API server. */
  readonly rules: number;
}

/**
 * Checks a value against a structural schema as an API server does when it creates an object with strict field validation.
 *
 * In two points it is stricter: an integer must fit its format in custom resources too, because their controllers could not read
 * it, and an empty text is none of the values that a field of Kubernetes' own kinds may have. Formats that only Go knows are not
 * checked.
 *
 * @param at place of the value, when it is a part of an object. A whole object also has `apiVersion`, `kind` and `metadata`, which
 * a schema need not list; of its metadata only the name is checked, as a schema may restrict nothing else there
 * @param checked parts that the value may share with values checked before; the parts of this one are added
 */
export function checkAgainst(
  schema: Schema,
  value: unknown,
  source: SchemaSource,
  at: readonly Step[] = [],
  checked?: Checked,
): Verdict {
  const check = new Check(source, at, checked);
  check.value(schema, value, 'listed', at.length === 0);
  return { violations: violations(check), rules: check.rules };
}

/**
 * Checks the values of the fields that a schema lists, and lets others pass.
 *
 * @param isFilledIn whether something else will stand in place of a text
 */
export function checkValues(
  schema: Schema,
  value: unknown,
  source: SchemaSource,
  isFilledIn: (text: string) => boolean,
): Violation[] {
  const check = new Check(source, [], undefined, isFilledIn);
  check.value(schema, value, 'all');
  return violations(check);
}

function violations({ faults }: Check): Violation[] {
  const found = faults.map(
    (fault): Violation => ({
      path: fieldPath(fault.steps),
      message: sentence(fault),
      ...(fault.wanted !== undefined && { wanted: fault.wanted }),
    }),
  );
  // Several schemas may restrict the same value.
  return [...new Map(found.map((violation) => [`${violation.path}: ${violation.message}`, violation])).values()];
}

/** Parts of values that are as their schema has them, and how many CEL rules apply to each. They must not change. */
export type Checked = Map<object, { readonly schema: Schema; readonly rules: number }>;

interface Fault {
  readonly steps: readonly Step[];
  /** What is there: `is 0`. */
  readonly found: string;
  /** What it must do: `be at least 1`. */
  readonly wanted?: string;
}

function sentence({ found, wanted }: Fault): string {
  return wanted ? `${found}, must ${wanted}` : found;
}

/**
 * The fields that an object may have: those its schema lists; others too, while the listed ones are checked like any; or all,
 * where a schema restricts the values of an object whose fields another one lists.
 */
type Fields = 'listed' | 'open' | 'all';

/** What a structural schema says of an object below `additionalProperties: true`. */
const NO_FIELDS: Schema = { properties: {}, nullable: true };

/** Fields of every whole object. */
const OBJECT_FIELDS = ['apiVersion', 'kind', 'metadata'];

/** What a whole object inside another one is, besides what its schema says. */
const EMBEDDED: Schema = {
  required: ['apiVersion', 'kind'],
  properties: {
    apiVersion: { type: 'string', minLength: 1 },
    kind: { type: 'string', minLength: 1 },
    metadata: { type: 'object' },
  },
};

/** Keywords that judge an object by the fields it has, which defaults add to. */
const WHOLE = ['allOf', 'anyOf', 'oneOf', 'not', 'minProperties', 'maxProperties'] as const;

class Check {
  faults: Fault[] = [];
  rules = 0;
  private readonly steps: Step[];

  constructor(
    private readonly source: SchemaSource,
    at: readonly Step[],
    private readonly checked: Checked | undefined,
    // What a deployment puts somewhere is not known yet.
    private readonly isFilledIn: (text: string) => boolean = Late.isIn,
  ) {
    this.steps = [...at];
  }

  /** @param root whether the value is a whole object, though its schema does not say so */
  value(reference: Schema, value: unknown, fields: Fields, root = false): void {
    if (typeof value === 'string' && this.isFilledIn(value)) return;
    const schema = this.source.resolve(reference);
    const type = typeOf(schema);
    if (value === null && (schema.nullable || !type)) {
      this.restrictions(schema, value);
      return;
    }
    if (type && !type.holds(value)) {
      this.fault(`is ${shown(value)}`, `be ${type.name}`);
      return;
    }
    if (fields !== 'all') this.rules += schema['x-kubernetes-validations']?.length ?? 0;

    const isCollection = typeof value === 'object' && value !== null;
    const isJudgedWhole = isCollection && fields !== 'all' && WHOLE.some((keyword) => schema[keyword] !== undefined);
    const whole = isJudgedWhole ? this.completed(schema, value) : value;
    this.restrictions(schema, whole);
    this.combinations(schema, whole);
    const inner = fields === 'listed' && isOpen(schema) ? 'open' : fields;
    if (Array.isArray(value)) this.items(schema, value, inner);
    else if (isObject(value)) this.object(schema, value, inner, root);
  }

  private restrictions(schema: Schema, value: unknown): void {
    this.apply(ANY_VALUE, schema, value, (any) => `is ${shown(any)}`);
    if (typeof value === 'string') this.apply(TEXT, schema, value, (text) => `is ${shown(text)}`);
    else if (typeof value === 'number') this.apply(NUMBER, schema, value, (number) => `is ${number}`);
    else if (Array.isArray(value)) this.apply(LIST, schema, value, (list) => `has ${count(list.length, 'item')}`);
    else if (isObject(value)) this.apply(OBJECT, schema, value, (object) => `has ${count(Object.keys(object).length, 'field')}`);
  }

  private apply<V>(restrictions: readonly Restriction<V>[], schema: Schema, value: V, found: (value: V) => string): void {
    for (const restriction of restrictions) {
      const wanted = restriction(schema, value);
      if (wanted) this.fault(found(value), wanted);
    }
  }

  private object(schema: Schema, object: JsonObject, fields: Fields, root: boolean): void {
    const isWholeObject = root || schema['x-kubernetes-embedded-resource'];
    if (schema['x-kubernetes-embedded-resource']) this.value(EMBEDDED, object, 'all');
    for (const name of schema.required ?? []) {
      const isSet = fields === 'all' ? object[name] !== undefined : this.get(schema, object, name) !== undefined;
      if (!isSet) this.fault(MISSING, undefined, name);
    }
    for (const name of Object.keys(object)) {
      if (object[name] === undefined) continue;
      this.steps.push(name);
      this.field(schema, name, object[name], fields, isWholeObject);
      this.steps.pop();
    }
  }

  private field(schema: Schema, name: string, value: unknown, fields: Fields, isWholeObject = false): void {
    const known = fieldOf(schema, name);
    if (isWholeObject && OBJECT_FIELDS.includes(name)) {
      if (known) this.value(name === 'metadata' ? nameOnly(this.source.resolve(known)) : known, value, 'all');
    } else if (known) {
      if (fields === 'all') this.value(known, value, 'all');
      else if (!this.isUnset(known, value)) this.part(known, value);
    } else if (fields === 'listed') {
      const names = [...Object.keys(schema.properties ?? {}), ...(isWholeObject ? OBJECT_FIELDS : [])];
      const meant = nearest(name, names);
      const hint = meant ? `; did you mean ${JSON.stringify(meant)}?` : names.length ? '' : '; the schema has no fields here';
      this.fault(`unknown field ${JSON.stringify(name)}${hint}`);
    }
  }

  /** A field that its schema lists; when other values have the same part, it is looked at once. */
  private part(reference: Schema, value: unknown): void {
    if (!this.checked || typeof value !== 'object' || value === null) {
      this.value(reference, value, 'listed');
      return;
    }
    const schema = this.source.resolve(reference);
    const before = this.checked.get(value);
    if (before?.schema === schema) {
      this.rules += before.rules;
      return;
    }
    const { rules, faults } = this;
    const known = faults.length;
    this.value(schema, value, 'listed');
    if (faults.length === known) this.checked.set(value, { schema, rules: this.rules - rules });
  }

  private items(schema: Schema, list: readonly unknown[], fields: Fields): void {
    const known = schema.items ?? (fields === 'listed' ? NO_FIELDS : undefined);
    if (known) {
      list.forEach((item, index) => {
        if (this.isUnset(known, item) && this.defaultOf(known) !== undefined) return;
        this.steps.push(index);
        this.value(known, item, fields);
        this.steps.pop();
      });
    }
    if (fields !== 'all') this.repetitions(schema, list);
  }

  /** Items that a list must not have twice: in a set equal ones, in a map those with the same keys. */
  private repetitions(schema: Schema, list: readonly unknown[]): void {
    const { items = {}, 'x-kubernetes-list-type': type, 'x-kubernetes-list-map-keys': keys = [] } = schema;
    if (list.length < 2 || (type !== 'set' && type !== 'map')) return;
    const seen = new Map<string, number>();
    for (const [index, item] of list.entries()) {
      const parts =
        type === 'set' ? [item] : isObject(item) ? keys.map((key) => this.get(this.source.resolve(items), item, key)) : [];
      if (!parts.length || parts.includes(undefined)) continue;
      const identity = canonical(parts);
      const first = seen.get(identity);
      const same = parts.map((part, position) => `${type === 'map' ? `${keys[position]} ` : ''}${shown(part)}`).join(', ');
      if (first === undefined) seen.set(identity, index);
      else this.fault(`repeats ${same} of [${first}]`, undefined, index);
    }
  }

  private combinations(schema: Schema, value: unknown): void {
    const { allOf, anyOf, oneOf, not } = schema;
    for (const part of allOf ?? []) this.value(part, value, 'all');
    // That of an int-or-string only says once more that it is one of the two.
    if (anyOf && !schema['x-kubernetes-int-or-string']) {
      const failures = anyOf.map((part) => this.faultsOf(part, value));
      if (failures.every((faults) => faults.length)) this.noneFits(failures, value);
    }
    if (oneOf) {
      const failures = oneOf.map((part) => this.faultsOf(part, value));
      const fitting = oneOf.filter((_, index) => !failures[index]?.length);
      if (!fitting.length) this.noneFits(failures, value);
      if (fitting.length > 1) this.fault(tooMany(fitting, oneOf.length));
    }
    if (not && !this.faultsOf(not, value).length) this.fault(excluded(not, value));
  }

  /** What a schema finds in the value at hand. */
  private faultsOf(schema: Schema, value: unknown): Fault[] {
    const { faults } = this;
    this.faults = [];
    this.value(schema, value, 'all');
    const found = this.faults;
    this.faults = faults;
    return found;
  }

  /** One sentence about a value that fits none of several schemas. */
  private noneFits(failures: readonly Fault[][], value: unknown): void {
    const depth = this.steps.length;
    const found = `is ${shown(value)}`;
    const first = failures.map(([fault]) => fault);
    const either = (alternatives: (string | undefined)[], or: string) => [...new Set(alternatives)].join(or);
    if (failures.length === 1) {
      this.faults.push(...failures.flat());
    } else if (failures.flat().every((fault) => fault.found === MISSING && fault.steps.length === depth + 1)) {
      const missing = failures.map((faults) => faults.map(({ steps }) => JSON.stringify(steps[depth])).join(' and '));
      this.fault(`must have ${either(missing, ' or ')}`);
    } else if (first.every((fault) => fault?.found === found && fault.steps.length === depth)) {
      const wanted = first.map((fault) => fault?.wanted);
      this.fault(found, either(wanted, ' or ').replaceAll(' or be ', ' or '));
    } else {
      const told = failures.map((faults) =>
        faults.map((fault) => `${fieldPath(fault.steps.slice(depth))} ${sentence(fault)}`.trim()),
      );
      const reasons = told.map((sentences) => sentences.join(' and '));
      this.fault(`fits none of ${failures.length} alternatives: ${either(reasons, '; or ')}`);
    }
  }

  /** Whether a field is not set: a null stands for nothing where the schema has no room for one. */
  private isUnset(known: Schema | undefined, value: unknown): boolean {
    return value === undefined || (value === null && known !== undefined && !this.source.resolve(known).nullable);
  }

  /** A field as the API server validates it, if need be its default. */
  private get(schema: Schema, object: JsonObject, name: string): unknown {
    const known = fieldOf(schema, name);
    return this.isUnset(known, object[name]) ? this.defaultOf(known) : object[name];
  }

  private defaultOf(known: Schema | undefined): unknown {
    return known && this.source.resolve(known).default;
  }

  /** A value as the API server validates it: without nulls that stand for nothing, and with defaults. */
  private completed(reference: Schema | undefined, value: unknown): unknown {
    if (!reference || typeof value !== 'object' || value === null) return value;
    const schema = this.source.resolve(reference);
    if (Array.isArray(value)) return value.map((item) => this.completed(schema.items, item));
    const complete: JsonObject = {};
    for (const name of new Set([...Object.keys(value), ...Object.keys(schema.properties ?? {})])) {
      const field = this.get(schema, value as JsonObject, name);
      if (field !== undefined) complete[name] = this.completed(fieldOf(schema, name), field);
    }
    return complete;
  }

  private fault(found: string, wanted?: string, step?: Step): void {
    this.faults.push({ steps: step === undefined ? [...this.steps] : [...this.steps, step], found, wanted });
  }
}

const MISSING = 'is required';

/** What a `type` means, and how messages call it. */
const TYPES: Record<string, { name: string; holds: (value: unknown) => boolean }> = {
  object: { name: 'an object', holds: isObject },
  array: { name: 'a list', holds: Array.isArray },
  string: { name: 'a string', holds: (value) => typeof value === 'string' },
  boolean: { name: 'true or false', holds: (value) => typeof value === 'boolean' },
  number: { name: 'a number', holds: Number.isFinite },
  integer: { name: 'a whole number', holds: Number.isInteger },
  'int-or-string': { name: 'a whole number or a string', holds: (value) => typeof value === 'string' || Number.isInteger(value) },
};

function typeOf(schema: Schema) {
  return TYPES[schema['x-kubernetes-int-or-string'] ? 'int-or-string' : (schema.type ?? '')];
}

/** Whether fields are allowed that the schema does not list. */
function isOpen(schema: Schema): boolean {
  const isAnything = !schema.type && !schema.properties && !schema.additionalProperties && !schema.items;
  return schema['x-kubernetes-preserve-unknown-fields'] || isAnything;
}

function fieldOf(schema: Schema, name: string): Schema | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, name)) return schema.properties[name];
  return schema.additionalProperties === true ? NO_FIELDS : schema.additionalProperties || undefined;
}

/** What a schema may say of the metadata of an object. */
function nameOnly({ properties = {} }: Schema): Schema {
  return {
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => name === 'name' || name === 'generateName')),
  };
}

/** Whether all that schemas ask for is that fields are there. */
function onlyRequire(schemas: readonly Schema[]): boolean {
  return schemas.every((schema) => schema.required && Object.keys(schema).length === 1);
}

function names(schemas: readonly Schema[]): string[] {
  return schemas.flatMap(({ required = [] }) => required).map((name) => JSON.stringify(name));
}

/** A value that fits several of the schemas of which it must fit one. */
function tooMany(fitting: readonly Schema[], all: number): string {
  const had = new Set(names(fitting));
  return `${had.size > 1 ? `has ${[...had].join(' and ')}` : `fits ${fitting.length} of ${all} alternatives`}, only one of which is allowed`;
}

/** A value that fits a schema which it must not fit. */
function excluded(schema: Schema, value: unknown): string {
  const parts = schema.anyOf ?? [schema];
  if (onlyRequire(parts)) return `must not have ${names(parts).join(schema.anyOf ? ' or ' : ' together with ')}`;
  return `is ${shown(value)}, must not fit ${JSON.stringify(schema)}`;
}
