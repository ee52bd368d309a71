import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { type Checked, checkAgainst } from '../../../lib/core/schemas/check';
import { GoPattern } from '../../../lib/core/schemas/go-pattern';
import { nearest } from '../../../lib/core/schemas/nearest';
import { QUANTITY, QUANTITY_PATTERN } from '../../../lib/core/schemas/quantity';
import { fieldPath, type Schema, type SchemaSource, type Step } from '../../../lib/core/schemas/schema';

const WHOLE: SchemaSource = { resolve: (schema) => schema };

/** The violations of a value that is a part of an object, one line each. */
function violations(schema: Schema, value: unknown, source = WHOLE): string[] {
  return checkAgainst(schema, value, source, ['at']).violations.map(({ path, message }) => `${path} ${message}`);
}

/** The violations of a whole object. */
function ofObject(schema: Schema, value: Record<string, unknown>): string[] {
  const object = { apiVersion: 'a/v1', kind: 'A', metadata: { name: 'a' }, ...value };
  return checkAgainst({ type: 'object', ...schema }, object, WHOLE).violations.map(({ path, message }) => `${path} ${message}`);
}

const STRING: Schema = { type: 'string' };
const INTEGER: Schema = { type: 'integer' };
const AB: Schema = { type: 'object', properties: { a: INTEGER, b: STRING } };

/** By keyword: a schema, values that it accepts, and values that it refuses with what is said of them. */
const CASES: Record<string, [schema: Schema, accepted: unknown[], refused: [value: unknown, ...violations: string[]][]][]> = {
  type: [
    [
      STRING,
      ['', 'a'],
      [
        [1, 'at is 1, must be a string'],
        [null, 'at is null, must be a string'],
        [['a'], 'at is a list, must be a string'],
      ],
    ],
    [
      INTEGER,
      [0, -1, 1e15],
      [
        [1.5, 'at is 1.5, must be a whole number'],
        ['abc', 'at is "abc", must be a whole number'],
      ],
    ],
    [
      { type: 'number' },
      [0, 1.5],
      [
        ['1', 'at is "1", must be a number'],
        [Number.NaN, 'at is NaN, must be a number'],
      ],
    ],
    [
      { type: 'boolean' },
      [true, false],
      [
        ['true', 'at is "true", must be true or false'],
        [0, 'at is 0, must be true or false'],
      ],
    ],
    [
      { type: 'array', items: STRING },
      [[], ['a']],
      [
        [{}, 'at is an object, must be a list'],
        [['a', 1], 'at[1] is 1, must be a string'],
      ],
    ],
    [
      { type: 'object', properties: {} },
      [{}],
      [
        [[], 'at is a list, must be an object'],
        [null, 'at is null, must be an object'],
      ],
    ],
    [{}, [null, 1, 'a', [{}], { a: { b: 1 } }], []],
  ],
  properties: [
    [
      AB,
      [{}, { a: 1 }, { a: 1, b: 'x' }, { a: undefined, z: undefined }],
      [[{ b: 1, a: 'x' }, 'at.b is 1, must be a string', 'at.a is "x", must be a whole number']],
    ],
    [
      { type: 'object', properties: { replicas: INTEGER, image: STRING } },
      [{ replicas: 1 }],
      [
        [{ replicsa: 1 }, 'at.replicsa unknown field "replicsa"; did you mean "replicas"?'],
        [{ Image: 'a' }, 'at.Image unknown field "Image"; did you mean "image"?'],
        [{ zzz: 1, toString: 1 }, 'at.zzz unknown field "zzz"', 'at.toString unknown field "toString"'],
        [{ 'a.b/c': null }, 'at["a.b/c"] unknown field "a.b/c"'],
      ],
    ],
    [{ type: 'object' }, [{}], [[{ labels: {} }, 'at.labels unknown field "labels"; the schema has no fields here']]],
  ],
  additionalProperties: [
    [
      { type: 'object', additionalProperties: STRING },
      [{}, { 'x.y/z': 'a' }, { a: null }],
      [[{ 'x.y/z': 1 }, 'at["x.y/z"] is 1, must be a string']],
    ],
    [
      { type: 'object', additionalProperties: true },
      [{ a: 1, b: [1], c: null }],
      [
        [{ a: { b: 1 } }, 'at.a.b unknown field "b"; the schema has no fields here'],
        [{ a: [[{ b: 1 }]] }, 'at.a[0][0].b unknown field "b"; the schema has no fields here'],
      ],
    ],
    [
      { type: 'object', additionalProperties: false },
      [{}],
      [[{ a: 1 }, 'at.a unknown field "a"; the schema has no fields here']],
    ],
  ],
  required: [
    [
      { ...AB, required: ['a', 'b'] },
      [{ a: 1, b: 'x' }],
      [
        [{ b: 'x' }, 'at.a is required'],
        [{}, 'at.a is required', 'at.b is required'],
        [{ a: null, b: 'x' }, 'at.a is required'],
      ],
    ],
    [
      { type: 'object', properties: { a: { ...INTEGER, default: 1 }, b: { ...STRING, nullable: true } }, required: ['a', 'b'] },
      [{ b: 'x' }, { a: null, b: null }],
      [[{ a: 1 }, 'at.b is required']],
    ],
  ],
  nullable: [
    [
      { type: 'object', properties: { a: { ...STRING, nullable: true, minLength: 3 }, b: STRING } },
      [{ a: null }, { b: null }],
      [[{ a: '' }, 'at.a is "", must be at least 3 characters long']],
    ],
    [{ type: 'array', items: STRING }, [], [[['a', null], 'at[1] is null, must be a string']]],
    [{ type: 'array', items: { ...STRING, nullable: true } }, [[null]], []],
    [{ type: 'array', items: { ...STRING, default: 'a' } }, [[null]], []],
    [{ ...STRING, nullable: true, enum: ['a'] }, ['a'], [[null, 'at is null, must be "a"']]],
  ],
  enum: [
    [{ ...STRING, enum: ['a'.repeat(61)] }, [], [['b'.repeat(60), `at is "${'b'.repeat(60)}", must be "${'a'.repeat(59)}…"`]]],
    [
      { ...STRING, enum: ['A', 'B'] },
      ['A'],
      [
        ['Foo', 'at is "Foo", must be one of "A", "B"'],
        ['a', 'at is "a", must be one of "A", "B"'],
      ],
    ],
    [{ ...INTEGER, enum: [1] }, [1], [[2, 'at is 2, must be 1']]],
    [{ enum: [{ a: 1, b: 2 }] }, [{ b: 2, a: 1 }], [[{ a: 1 }, 'at is an object, must be {"a":1,"b":2}']]],
    [
      { ...STRING, enum: [...'abcdefghijklmnop'] },
      ['p'],
      [['x', `at is "x", must be one of ${[...'abcdefghijkl'].map((letter) => `"${letter}"`).join(', ')} or 4 more`]],
    ],
  ],
  minLength: [
    [
      { ...STRING, minLength: 2 },
      ['ab', '😀😀'],
      [
        ['a', 'at is "a", must be at least 2 characters long'],
        ['😀', 'at is "😀", must be at least 2 characters long'],
      ],
    ],
  ],
  maxLength: [[{ ...STRING, maxLength: 1 }, ['a', '😀', ''], [['ab', 'at is "ab", must be at most 1 character long']]]],
  minimum: [
    [{ ...INTEGER, minimum: 1 }, [1, 2], [[0, 'at is 0, must be at least 1']]],
    [{ ...INTEGER, minimum: 0, exclusiveMinimum: true }, [1], [[0, 'at is 0, must be more than 0']]],
  ],
  maximum: [
    [{ type: 'number', maximum: 1 }, [1, -5], [[1.5, 'at is 1.5, must be at most 1']]],
    [{ type: 'number', maximum: 1, exclusiveMaximum: true }, [0.5], [[1, 'at is 1, must be less than 1']]],
  ],
  multipleOf: [
    [{ ...INTEGER, multipleOf: 3 }, [0, 9, -3], [[4, 'at is 4, must be a multiple of 3']]],
    [{ type: 'number', multipleOf: 0.01 }, [0.07, 1.15], [[0.005, 'at is 0.005, must be a multiple of 0.01']]],
  ],
  minItems: [[{ type: 'array', items: STRING, minItems: 1 }, [['a']], [[[], 'at has 0 items, must have at least 1']]]],
  maxItems: [[{ type: 'array', items: STRING, maxItems: 1 }, [['a'], []], [[['a', 'b'], 'at has 2 items, must have at most 1']]]],
  uniqueItems: [
    [
      { type: 'array', items: AB, uniqueItems: true },
      [[{ a: 1 }, { b: 'x' }]],
      [
        [
          [
            { a: 1, b: 'x' },
            { b: 'x', a: 1 },
          ],
          'at has 2 items, must not have equal ones',
        ],
      ],
    ],
  ],
  minProperties: [
    [
      { type: 'object', additionalProperties: true, minProperties: 1 },
      [{ a: null }],
      [[{}, 'at has 0 fields, must have at least 1']],
    ],
    [
      { ...AB, minProperties: 1 },
      [{ a: 1 }],
      [
        [{}, 'at has 0 fields, must have at least 1'],
        [{ a: null }, 'at has 0 fields, must have at least 1'],
      ],
    ],
  ],
  maxProperties: [
    [{ ...AB, maxProperties: 1 }, [{ a: 1 }, { a: 1, b: null }], [[{ a: 1, b: '' }, 'at has 2 fields, must have at most 1']]],
  ],
  'x-kubernetes-int-or-string': [
    [
      { 'x-kubernetes-int-or-string': true, anyOf: [INTEGER, STRING], pattern: '^[0-9]+%?$' },
      [5, '5', '50%'],
      [
        [1.5, 'at is 1.5, must be a whole number or a string'],
        [true, 'at is true, must be a whole number or a string'],
        ['x', 'at is "x", must match ^[0-9]+%?$'],
      ],
    ],
  ],
  'x-kubernetes-preserve-unknown-fields': [
    [{ 'x-kubernetes-preserve-unknown-fields': true }, [{ a: { b: [{}] } }, 1, null], []],
    [
      { ...AB, properties: { ...AB.properties, c: AB }, 'x-kubernetes-preserve-unknown-fields': true },
      [{ z: { y: 1 }, a: 1 }],
      [[{ a: 'x', c: { z: 1 }, z: 1 }, 'at.a is "x", must be a whole number', 'at.c.z unknown field "z"']],
    ],
    [
      { type: 'array', items: AB, 'x-kubernetes-preserve-unknown-fields': true },
      [[{ z: 1 }]],
      [[[{ a: '' }], 'at[0].a is "", must be a whole number']],
    ],
  ],
  'x-kubernetes-embedded-resource': [
    [
      { ...AB, 'x-kubernetes-embedded-resource': true },
      [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: {} }, a: 1 }],
      [
        [{ kind: 'Pod' }, 'at.apiVersion is required'],
        [
          { apiVersion: '', kind: 1, metadata: 'a' },
          'at.apiVersion is "", must be at least 1 character long',
          'at.kind is 1, must be a string',
          'at.metadata is "a", must be an object',
        ],
        [{ apiVersion: 'v1', kind: 'Pod', metdata: {} }, 'at.metdata unknown field "metdata"; did you mean "metadata"?'],
      ],
    ],
  ],
  'x-kubernetes-list-type': [
    [
      { type: 'array', items: STRING, 'x-kubernetes-list-type': 'set' },
      [['a', 'b']],
      [[['a', 'b', 'a'], 'at[2] repeats "a" of [0]']],
    ],
    [{ type: 'array', items: STRING, 'x-kubernetes-list-type': 'atomic' }, [['a', 'a']], []],
    [
      {
        type: 'array',
        items: { type: 'object', properties: { port: INTEGER, protocol: { ...STRING, default: 'TCP' } } },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['port', 'protocol'],
      },
      [
        [{ port: 1 }, { port: 2 }, { port: 1, protocol: 'UDP' }],
        [{}, {}],
      ],
      [
        [[{ port: 1 }, { port: 1, protocol: 'TCP' }], 'at[1] repeats port 1, protocol "TCP" of [0]'],
        [['a', 'a'], 'at[0] is "a", must be an object', 'at[1] is "a", must be an object'],
      ],
    ],
  ],
  allOf: [
    [
      { ...AB, allOf: [{ required: ['a'] }, { properties: { b: { minLength: 1 } } }] },
      [{ a: 1 }, { a: 1, b: 'x' }],
      [[{ b: '' }, 'at.a is required', 'at.b is "", must be at least 1 character long']],
    ],
  ],
  anyOf: [
    [{ ...AB, anyOf: [{ properties: { a: { minimum: 1 } } }] }, [{}], [[{ a: 0 }, 'at.a is 0, must be at least 1']]],
    [
      {
        type: 'object',
        additionalProperties: {},
        anyOf: [{ properties: { a: { enum: [1] } } }, { properties: { a: { enum: [2] } } }],
      },
      [{ a: 2 }],
      [[{ a: {} }, 'at fits none of 2 alternatives: a is an object, must be 1; or a is an object, must be 2']],
    ],
    [
      { ...AB, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      [{ a: 1 }, { a: 1, b: '' }],
      [[{}, 'at must have "a" or "b"']],
    ],
    [{ anyOf: [INTEGER, STRING] }, [1, 'a'], [[true, 'at is true, must be a whole number or a string']]],
    [{ type: 'number', anyOf: [{ minimum: 5 }, { maximum: 1 }] }, [0, 6], [[3, 'at is 3, must be at least 5 or at most 1']]],
    [
      { ...AB, anyOf: [{ required: ['a'], properties: { b: { enum: ['x'] } } }, { properties: { b: { enum: ['y'] } } }] },
      [{ a: 1 }, { b: 'y' }],
      [[{ b: 'z' }, 'at fits none of 2 alternatives: a is required and b is "z", must be "x"; or b is "z", must be "y"']],
    ],
    [{ type: 'object', properties: { a: { ...INTEGER, default: 1 } }, anyOf: [{ required: ['a'] }] }, [{}, { a: null }], []],
  ],
  oneOf: [
    [
      { ...AB, oneOf: [{ required: ['a'] }, { required: ['a'], properties: { b: { minLength: 1 } } }] },
      [{ a: 1, b: '' }],
      [[{ a: 1 }, 'at fits 2 of 2 alternatives, only one of which is allowed']],
    ],
    [
      { ...AB, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      [{ a: 1 }],
      [
        [{}, 'at must have "a" or "b"'],
        [{ a: 1, b: '' }, 'at has "a" and "b", only one of which is allowed'],
      ],
    ],
    [
      {
        ...AB,
        oneOf: [{ not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] } }, { required: ['a'] }, { required: ['b'] }],
      },
      [{}, { a: 1 }, { b: '' }, { a: 1, b: null }],
      [[{ a: 1, b: '' }, 'at has "a" and "b", only one of which is allowed']],
    ],
    [
      { type: 'number', oneOf: [{ minimum: 1 }, { maximum: 2 }] },
      [0, 3],
      [[1.5, 'at fits 2 of 2 alternatives, only one of which is allowed']],
    ],
  ],
  not: [
    [{ ...AB, not: { required: ['a'] } }, [{ b: '' }], [[{ a: 1 }, 'at must not have "a"']]],
    [{ ...AB, not: { required: ['a', 'b'] } }, [{ b: '' }], [[{ a: 1, b: '' }, 'at must not have "a" together with "b"']]],
    [{ ...AB, not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] } }, [{}], [[{ b: '' }, 'at must not have "a" or "b"']]],
    [{ ...STRING, not: { pattern: '^a' } }, ['b'], [['ab', 'at is "ab", must not fit {"pattern":"^a"}']]],
  ],
};

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases)('%j', (schema, accepted, refused) => {
    for (const value of accepted) expect({ value, violations: violations(schema, value) }).toEqual({ value, violations: [] });
    for (const [value, ...expected] of refused) expect(violations(schema, value)).toEqual(expected);
  });
});

describe('format', () => {
  test.each<[format: string, accepted: string[], refused: string[]]>([
    [
      'date-time',
      ['2024-02-29T10:00:00Z', '2024-02-29t10:00:00.123+01:00'],
      ['2024-02-30T10:00:00Z', '2024-02-29T24:00:00Z', '2024-02-29', ''],
    ],
    ['date', ['2024-02-29'], ['2023-02-29', '2024-2-9', 'x']],
    ['duration', ['10s', '1h30m', '1.5h', '0', '5 days', '-3ms'], ['10', 'h5', '5x', '']],
    ['byte', ['', 'YWJj', 'YWI=', 'YQ==\n'], ['YW', 'a b=', 'YW-_']],
    ['uuid', ['123e4567-e89b-12d3-a456-426614174000', '123E4567E89B12D3A456426614174000'], ['123e4567', '']],
    ['uuid3', ['123e4567-e89b-32d3-a456-426614174000'], ['123e4567-e89b-12d3-a456-426614174000']],
    ['uuid4', ['123e4567-e89b-42d3-a456-426614174000'], ['123e4567-e89b-42d3-c456-426614174000']],
    ['uuid5', ['123e4567-e89b-52d3-a456-426614174000'], ['123e4567-e89b-42d3-a456-426614174000']],
    ['ipv4', ['10.0.0.1', '010.0.0.1'], ['10.0.0.256', '10.0.0', '::1', 'a']],
    ['ipv6', ['::1', 'fe80::1'], ['fe80::1%eth0', '10.0.0.1', '']],
    ['cidr', ['10.0.0.0/8', '10.0.0.1/32', '::/64', '::1/128'], ['10.0.0.0/33', '::/129', '10.0.0.1', 'a/8']],
    ['uri', ['http://a/b', '/a', 'urn:a'], ['a/b', '', 'http://a\n']],
    ['nonsense', ['anything'], []],
  ])('%s', (format, accepted, refused) => {
    const schema = { ...STRING, format };
    for (const text of accepted) expect([text, violations(schema, text)]).toEqual([text, []]);
    for (const text of refused)
      expect(violations(schema, text)).toEqual([
        `at is ${JSON.stringify(text)}, must be ${format === 'byte' ? 'base64' : `a valid ${format}`}`,
      ]);
  });

  test.each<[format: string | undefined, bits: number]>([
    ['int32', 32],
    ['int64', 64],
    [undefined, 64],
  ])('integers of %s', (format, bits) => {
    const schema = { ...INTEGER, format };
    for (const fits of [-(2 ** (bits - 1)), 2 ** (bits - 1) - 2 ** (bits - 54), 0].map(Math.trunc))
      expect(violations(schema, fits)).toEqual([]);
    expect(violations(schema, 2 ** (bits - 1))).toEqual([`at is ${2 ** (bits - 1)}, must fit in ${bits} bits`]);
    expect(violations(schema, -(2 ** bits))).toEqual([`at is ${-(2 ** bits)}, must fit in ${bits} bits`]);
  });
});

describe('patterns are read as Go does', () => {
  test.each<[pattern: string, accepted: string[], refused: string[]]>([
    ['b', ['abc'], ['ac']],
    ['^a$', ['a'], ['a\n', 'ba']],
    ['\\Aa\\z', ['a'], ['a\n', 'ba']],
    ['^.$', ['😀', '\r', '\u2028'], ['\n', '']],
    ['(?s)^.$', ['\n'], ['']],
    ['(?i)^foo$', ['FOO'], ['fo']],
    ['^[[:alpha:]_][[:alnum:]]*$', ['_a1'], ['1a']],
    ['^[^[:space:]]+$', ['a'], [' ']],
    ['^[]a]$', [']', 'a'], ['b']],
    ['^\\s\\S$', [' a', ' \xa0'], ['\xa0a']],
    ['^[\\s]$', [' '], ['\xa0']],
    ['^(?P<name>a)(?:b)(?<other>c)$', ['abc'], ['ab']],
    ['^\\-\\_\\/\\x41[\\w-.]$', ['-_/A.'], ['-_/B.']],
    ['^a{,2}$', ['a{,2}'], ['aa']],
    ["^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$", ['/a%2F'], ['%2', ' ']],
  ])('%s', (pattern, accepted, refused) => {
    for (const text of accepted) expect([text, violations({ ...STRING, pattern }, text)]).toEqual([text, []]);
    for (const text of refused)
      expect(violations({ ...STRING, pattern }, text)).toEqual([`at is ${JSON.stringify(text)}, must match ${pattern}`]);
  });

  test.each<[pattern: string, accepted: string, refused: string]>([
    ['^\\p{Greek}$', 'α', 'a'],
    ['^(?i:a)b$', 'Ab', 'AB'],
    ['^[[:^alpha:]]$', '1', 'a'],
    ['^\\Qa.b\\E$', 'a.b', 'axb'],
    ['^\\x{41}$', 'A', 'B'],
  ])('also what JavaScript does not have: %s', (pattern, accepted, refused) => {
    expect(violations({ ...STRING, pattern }, accepted)).toEqual([]);
    expect(violations({ ...STRING, pattern }, refused)).toEqual([`at is ${JSON.stringify(refused)}, must match ${pattern}`]);
  });

  test.each([
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['(a', 'missing closing ): `(a`'],
  ])('and what Go refuses is told: %s', (pattern, problem) => {
    const wanted = `match ${pattern}, which is no regular expression of RE2: ${problem}`;
    expect(violations({ ...STRING, pattern }, 'aa')).toEqual([`at is "aa", must ${wanted}`]);
  });

  test('in time that grows with the text alone', () => {
    // Where an engine goes back, each further character doubles the time: this would not end.
    const text = `${'a'.repeat(10_000)}b`;
    for (const pattern of ['^(a+)+$', '^(a|a)*$', '^([a-z]+)*\\d$', '^(.*a){20}$']) {
      expect(GoPattern.of(pattern).matches(text)).toBe(false);
    }
  });

  test('the one of quantities as all others', () => {
    const engine = RE2JS.compile(QUANTITY_PATTERN);
    const text = fc.string({ unit: fc.constantFrom('+', '-', '.', '0', '7', 'K', 'M', 'i', 'm', 'e', 'E', 'n', ' ', '\n') });
    fc.assert(
      fc.property(text, (quantity) => {
        expect([quantity, QUANTITY.test(quantity)]).toEqual([quantity, engine.test(quantity)]);
      }),
      { numRuns: 2000 },
    );
    const pool = readFileSync(join(__dirname, '../../../crds-imports/schemas/shared.json'), 'utf8');
    expect(pool).toContain(JSON.stringify(QUANTITY_PATTERN));
  });
});

describe('a whole object', () => {
  const schema: Schema = { properties: { spec: AB } };

  test('has its usual fields, listed or not', () => {
    expect(ofObject(schema, { spec: { a: 1 } })).toEqual([]);
    expect(
      ofObject({ properties: { ...schema.properties, apiVersion: STRING, kind: STRING, metadata: { type: 'object' } } }, {}),
    ).toEqual([]);
    expect(ofObject(schema, { metdata: {} })).toEqual(['metdata unknown field "metdata"; did you mean "metadata"?']);
    expect(ofObject({ properties: { kind: { ...STRING, enum: ['B'] } } }, {})).toEqual(['kind is "A", must be "B"']);
    expect(violations({ type: 'object', ...schema }, { kind: 'A' })).toEqual(['at.kind unknown field "kind"']);
  });

  test('may have its name restricted, and nothing else of its metadata', () => {
    const metadata: Schema = { type: 'object', properties: { name: { ...STRING, maxLength: 2 }, labels: { type: 'object' } } };
    expect(ofObject({ properties: { metadata } }, { metadata: { name: 'abc', labels: { a: 1 }, other: 1 } })).toEqual([
      'metadata.name is "abc", must be at most 2 characters long',
    ]);
  });

  test('is described whole, in the order of its fields', () => {
    const list: Schema = { type: 'array', items: { ...AB, required: ['a'] } };
    const value = { spec: { z: 1, list: [{ b: 1 }, { a: '' }], other: [], more: { 'k.l': { a: 0.5 } } } };
    const spec: Schema = {
      type: 'object',
      required: ['name'],
      properties: { list, more: { type: 'object', additionalProperties: AB }, name: STRING },
    };
    expect(ofObject({ properties: { spec } }, value)).toEqual([
      'spec.name is required',
      'spec.z unknown field "z"',
      'spec.list[0].a is required',
      'spec.list[0].b is 1, must be a string',
      'spec.list[1].a is "", must be a whole number',
      'spec.other unknown field "other"',
      'spec.more["k.l"].a is 0.5, must be a whole number',
    ]);
  });
});

test('references are followed', () => {
  const pool: Record<string, Schema> = {
    'a#tree': { type: 'object', properties: { leaf: { $ref: 'a#leaf' }, tree: { $ref: 'a#tree' } } },
    'a#leaf': INTEGER,
  };
  const source: SchemaSource = { resolve: (schema) => (schema.$ref ? (pool[schema.$ref] as Schema) : schema) };
  expect(violations({ $ref: 'a#tree' }, { tree: { tree: { leaf: 'x' } }, leaf: null }, source)).toEqual([
    'at.tree.tree.leaf is "x", must be a whole number',
  ]);
});

test('CEL rules are counted where there is a value', () => {
  const rules = [{ rule: 'self > 0' }, { rule: 'self < 9' }];
  const item: Schema = { ...INTEGER, 'x-kubernetes-validations': rules };
  const schema: Schema = {
    type: 'object',
    'x-kubernetes-validations': rules,
    properties: { list: { type: 'array', items: item }, one: item },
  };
  expect(checkAgainst(schema, {}, WHOLE).rules).toBe(2);
  expect(checkAgainst(schema, { list: [1, 2, 'x'], one: null }, WHOLE).rules).toBe(6);
});

describe('seeded faults', () => {
  const NAMES = ['replicas', 'template', 'containers', 'image', 'selector', 'resources'];

  const LEAVES: Schema[] = [
    STRING,
    { ...STRING, enum: ['A', 'B'] },
    { ...INTEGER, minimum: 1 },
    { type: 'boolean' },
    { 'x-kubernetes-int-or-string': true },
  ];

  const { schema: schemas } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...LEAVES),
      fc.record({ type: fc.constant('array'), items: tie('schema'), maxItems: fc.constant(3) }),
      fc.record({ type: fc.constant('object'), additionalProperties: tie('schema') }),
      tie('object'),
    ),
    object: fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { minKeys: 1, noNullPrototype: true }).chain((properties) =>
      fc.record({
        type: fc.constant('object'),
        properties: fc.constant(properties),
        required: fc.subarray(Object.keys(properties)),
      }),
    ),
  }));

  function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
    const { type, properties = {}, required = [], items = {}, additionalProperties } = schema;
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (type === 'string') return fc.string();
    if (type === 'integer') return fc.integer({ min: 1 });
    if (type === 'boolean') return fc.boolean();
    if (type === 'array') return fc.array(valuesOf(items), { maxLength: 3 });
    if (typeof additionalProperties === 'object')
      return fc.dictionary(fc.string({ minLength: 1 }), valuesOf(additionalProperties), { maxKeys: 3, noNullPrototype: true });
    if (type === 'object')
      return fc.record(Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valuesOf(field)])), {
        requiredKeys: required,
        noNullPrototype: true,
      });
    return fc.oneof(fc.integer(), fc.string());
  }

  interface Seed {
    readonly value: unknown;
    readonly path: string;
    readonly message: RegExp;
  }

  /** A copy in which the value at a place is another one; undefined stands for none. */
  function changed(value: unknown, [step, ...rest]: readonly Step[], to: unknown): unknown {
    if (step === undefined) return to;
    if (Array.isArray(value)) return value.map((item, index) => (index === step ? changed(item, rest, to) : item));
    const fields = { ...(value as Record<string, unknown>) };
    return { ...fields, [step]: changed(fields[step], rest, to) };
  }

  const WRONG: Record<string, unknown> = { string: 1, integer: 'x', boolean: 'x', array: {}, object: [] };

  /** Every fault of each kind that the value has room for. */
  function* seeds(schema: Schema, value: unknown, steps: readonly Step[], all: unknown): Generator<Seed> {
    yield { value: changed(all, steps, WRONG[schema.type ?? ''] ?? true), path: fieldPath(steps), message: /^is .+, must be / };
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) yield* seeds(schema.items ?? {}, item, [...steps, index], all);
    if (schema.type !== 'object') return;
    for (const [name, field] of Object.entries(value as Record<string, unknown>)) {
      const known = schema.properties?.[name] ?? (schema.additionalProperties as Schema);
      yield* seeds(known, field, [...steps, name], all);
      if (schema.required?.includes(name))
        yield { value: changed(all, [...steps, name], undefined), path: fieldPath([...steps, name]), message: /^is required$/ };
      if (!schema.properties) continue;
      const misspelt = name.replace(/(.)(.)$/, '$2$1');
      const unknown = new RegExp(`^unknown field "${misspelt}"; did you mean "${name}"\\?$`);
      yield { value: changed(all, [...steps, misspelt], field), path: fieldPath([...steps, misspelt]), message: unknown };
    }
  }

  test('none is missed, and a value without faults passes', () => {
    let found = 0;
    fc.assert(
      fc.property(
        schemas.chain((schema) => fc.tuple(fc.constant(schema), valuesOf(schema))),
        ([schema, value]) => {
          expect(checkAgainst(schema, value, WHOLE, ['at']).violations).toEqual([]);
          for (const seed of seeds(schema, value, [], value)) {
            const { violations: told } = checkAgainst(schema, seed.value, WHOLE, ['at']);
            const path = seed.path.startsWith('[') ? `at${seed.path}` : ['at', seed.path].filter(Boolean).join('.');
            expect(told).toEqual([expect.objectContaining({ path, message: expect.stringMatching(seed.message) })]);
            found++;
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(found).toBeGreaterThan(500);
  });
});

describe('fieldPath', () => {
  test.each<[Step[], string]>([
    [[], ''],
    [['spec', 'containers', 0, 'image'], 'spec.containers[0].image'],
    [['metadata', 'labels', 'a.b/c'], 'metadata.labels["a.b/c"]'],
    [['a/b', 'c-d', 'x y', ''], 'a/b.c-d["x y"][""]'],
    [[0, 1], '[0][1]'],
  ])('%j', (steps, path) => {
    expect(fieldPath(steps)).toBe(path);
  });
});

describe('parts that several values share', () => {
  const INNER: Schema = { type: 'object', properties: { a: INTEGER }, 'x-kubernetes-validations': [{ rule: 'self.a > 0' }] };
  const ONE: Schema = { type: 'object', properties: { one: INNER } };
  const OTHER: Schema = { type: 'object', properties: { one: { type: 'object', properties: { b: INTEGER } } } };
  const check = (schema: Schema, value: unknown, checked: Checked) => {
    const { violations, rules } = checkAgainst(schema, value, WHOLE, ['at'], checked);
    return { violations: violations.map(({ path }) => path), rules };
  };

  test('their rules count for each value', () => {
    const checked: Checked = new Map();
    const one = { a: 1 };
    expect([check(ONE, { one }, checked), check(ONE, { one }, checked)]).toEqual(Array(2).fill({ violations: [], rules: 1 }));
    expect(checked.size).toBe(1);
  });

  test('what is wrong with them is told of each value', () => {
    const checked: Checked = new Map();
    const one = { a: 'x' };
    expect([check(ONE, { one }, checked), check(ONE, { one }, checked)]).toEqual(
      Array(2).fill({ violations: ['at.one.a'], rules: 1 }),
    );
  });

  test('each schema judges them anew', () => {
    const checked: Checked = new Map();
    const one = { a: 1 };
    expect(check(ONE, { one }, checked).violations).toEqual([]);
    expect(check(OTHER, { one }, checked).violations).toEqual(['at.one.a']);
  });
});

describe('nearest', () => {
  const known = ['replicas', 'selector', 'template', 'minReadySeconds', 'tls', 'to', 'image'];
  test.each<[string, string | undefined]>([
    ['replicsa', 'replicas'],
    ['Replicas', 'replicas'],
    ['replica', 'replicas'],
    ['templete', 'template'],
    ['minreadysecond', 'minReadySeconds'],
    ['tsl', 'tls'],
    ['tlss', 'tls'],
    ['uo', undefined],
    ['TO', 'to'],
    ['imgae', 'image'],
    ['ot', undefined],
    ['x', undefined],
    ['', undefined],
    ['metrics', undefined],
    ['serviceAccount', undefined],
  ])('%s', (name, expected) => {
    expect(nearest(name, known)).toBe(expected);
  });

  test('takes the nearest, the first of several', () => {
    expect(nearest('abcdex', ['abcdyy', 'abcdef', 'abcdeg'])).toBe('abcdef');
    expect(nearest('abc', [])).toBeUndefined();
    expect(nearest('abcd', ['bxcd'])).toBeUndefined();
  });
});
