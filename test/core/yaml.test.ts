import fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml, YamlWriter } from '../../lib/core/yaml';

/** What a parser of each version reads from what is written. */
function read(value: unknown): unknown[] {
  const text = toYaml(value);
  return (['1.1', '1.2'] as const).map((version) => parse(text, { version }));
}

/** The value without shared parts. */
function unshared(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const NASTY = [
  ...['', ' ', '~', 'null', 'Null', 'NULL', 'true', 'True', 'FALSE', 'y', 'Y', 'n', 'N', 'yes', 'NO', 'on', 'Off', '=', '<<'],
  ...[
    '0',
    '-1',
    '+1',
    '00',
    '0777',
    '0o17',
    '0x1F',
    '0b11',
    '1_000',
    '1:30',
    '190:20:30',
    '.5',
    '5.',
    '1e3',
    '12e03',
    '1E+5',
    'e1',
    'e+0',
    '-e5',
  ],
  ...['.inf', '-.INF', '.nan', '.NaN', '2001-01-01', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5'],
  ...[
    ' a',
    'a ',
    'a: b',
    'a:',
    ':',
    ': a',
    'a #b',
    '#a',
    '-',
    '- a',
    '--',
    '---',
    '--- a',
    '...',
    '?',
    '? a',
    ',',
    '[a',
    ']',
    '{a',
    '}',
  ],
  ...['!a', '&a', '*a', '|', '>', '%a', '@a', '`a', '"a"', "'a'", 'a\\b', '{{a}}', 'a\tb', '\ta', 'a\t'],
  ...[
    '\r',
    'a\r\nb',
    '\0',
    '\x07',
    '\x1b',
    '\x7f',
    '\x85',
    'a\x9fb',
    '\u2028',
    'a\u2029b',
    '\ufeff',
    'a\ufeffb',
    '\ufffe',
    '\uffff',
  ],
  ...['é', '\xa0', '😀', 'a\n😀', '\ud800', 'a\udc00\n', '__proto__', 'constructor'],
  ...[
    '\n',
    '\n\n',
    '\na',
    '\n a',
    ' a\nb',
    '\ta\nb',
    'a\n',
    'a\n\n',
    'a\n\n\n',
    'a\n\nb',
    'a\n  \nb',
    'a\n  ',
    ' a\n ',
    '  \na',
    ' \n',
  ],
  ...['# a\nb', 'a\n# b\n', '---\na', 'a\n---\nb\n', 'a\n...\nb', '%a\nb', 'a: b\n  c: d\n', 'a\n\tb\n', 'a\x85\nb', 'a\n\ufeff'],
];

describe('text', () => {
  test.each(NASTY.map((text) => [text]))('%j is read as it was, wherever it stands', (text) => {
    for (const value of [text, [text], { [text]: text, after: 1 }, { a: [[text, { b: text }]], c: { d: text } }]) {
      for (const result of read(value)) expect(JSON.stringify(result)).toBe(JSON.stringify(value));
    }
  });

  test.each([
    ...[
      'a',
      'a b',
      'a, b',
      'kubeflow/katib:v1.2',
      'http://a.b:80/c?d=e#f',
      '--flag=a',
      '-v',
      '/a/b',
      './a',
      '$(A)',
      '_',
      'v1',
      'NaN',
    ],
    ...['10Gi', '500m', '1h30m0s', '0.5Gi'],
  ])('%s needs no quotes', (text) => {
    expect(toYaml({ z: text, [text]: 1 })).toBe(`z: ${text}\n${text}: 1\n`);
  });

  test('is quoted on one line where it must be', () => {
    expect(toYaml(['y', '1', 'a: b', '"', '\x85\x7f\u2028\ufeff', 'é😀', '\ud800'])).toBe(
      ['- "y"', '- "1"', '- "a: b"', '- "\\""', '- "\\u0085\\u007f\\u2028\\ufeff"', '- "é😀"', '- "\\ud800"', ''].join('\n'),
    );
  });

  test('of several lines is written as it is', () => {
    expect(toYaml({ a: '#!/bin/sh\n\n  exit 1  \n', b: ['x\ny'], c: 'x\n\n', d: '  x\ny\n' })).toBe(
      [
        ...['a: |', '  #!/bin/sh', '', '    exit 1  '],
        ...['b:', '- |-', '  x', '  y'],
        ...['c: |+', '  x', ''],
        ...['d: |2', '    x', '  y', ''],
      ].join('\n'),
    );
  });

  test('of any length stays on its line, as a key too', () => {
    const long = 'lorem ipsum '.repeat(200).trim();
    expect(toYaml({ a: long })).toBe(`a: ${long}\n`);
    for (const result of read({ [long]: { [long]: [long] }, [`${long}:`]: [1], b: 2 })) {
      expect(result).toEqual({ [long]: { [long]: [long] }, [`${long}:`]: [1], b: 2 });
    }
  });
});

describe('numbers', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [-12, '-12'],
    [1.5, '1.5'],
    [2 ** 53, '9007199254740992'],
    [1e20, '100000000000000000000'],
    [1e21, '1.0e+21'],
    [-1.5e300, '-1.5e+300'],
    [5e-7, '5.0e-7'],
  ])('%d', (number, text) => {
    expect(toYaml(number)).toBe(`${text}\n`);
    for (const result of read(number)) expect(result).toBe(number + 0);
  });
});

describe('layout', () => {
  test('is that of kubectl', () => {
    const value = {
      b: { z: null, a: true },
      list: [{ c: 1, d: [2] }, [3, [4]], {}, []],
      none: {},
      empty: [],
      gone: undefined,
      last: [{ x: undefined }],
    };
    expect(toYaml(value)).toBe(
      [
        ...['b:', '  z: null', '  a: true'],
        ...['list:', '- c: 1', '  d:', '  - 2', '- - 3', '  - - 4', '- {}', '- []'],
        ...['none: {}', 'empty: []', 'last:', '- {}', ''],
      ].join('\n'),
    );
  });

  test('keeps the order of keys', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string().filter((key) => !/^\d+$/.test(key))), (keys) => {
        const value = Object.fromEntries(keys.map((key) => [key, 1]));
        for (const result of read(value)) expect(Object.keys(result as object)).toEqual(Object.keys(value));
      }),
    );
  });

  test('a definition', () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.com', annotations: { 'example.com/about': '[\n  {\n    "a": "b"\n  }\n]\n' } },
      spec: {
        group: 'example.com',
        versions: [
          {
            name: 'v1',
            served: true,
            schema: {
              openAPIV3Schema: {
                description: 'Things: the ones\nthat are there.\n\n# Not a comment',
                type: 'object',
                properties: {
                  n: { type: 'integer', minimum: 0, default: 1e-7 },
                  y: { type: 'string', pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$', enum: ['', 'on', '0777'] },
                },
                'x-kubernetes-validations': [{ rule: "self.y != 'on' || has(self.n)", message: 'n: is missing' }],
              },
            },
          },
        ],
      },
    };
    for (const result of read(definition)) expect(JSON.stringify(result)).toBe(JSON.stringify(definition));
  });
});

describe('any value', () => {
  const text = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        ' ',
        '\n',
        '\t',
        '\r',
        '#',
        ':',
        '-',
        '.',
        '0',
        '1',
        'e',
        'x',
        '_',
        '"',
        "'",
        '\\',
        '|',
        '\x85',
        '😀',
      ),
    }),
    fc.string({ unit: fc.constantFrom('a', ' ', '  ', '\n', '\n', 'b: c', '# d', '\t', '- e') }),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value')),
    map: fc.dictionary(text, tie('value')),
  }));

  test.each([
    ['of fast-check', fc.jsonValue()],
    ['with nasty text', value],
  ])('%s is read as it was', (_, values) => {
    fc.assert(
      fc.property(values, (some) => {
        for (const result of read(some)) expect(JSON.stringify(result)).toBe(JSON.stringify(some));
      }),
      { numRuns: 500 },
    );
  });
});

describe('shared parts', () => {
  const leaf = { type: 'string', description: 'words '.repeat(50).trim() };
  const middle = { properties: { a: leaf, b: leaf, list: [leaf, [leaf]] } };

  test('are written wherever they stand', () => {
    const value = { x: middle, y: [middle, { z: middle }], leaf };
    expect(toYaml(value)).toBe(toYaml(unshared(value)));
    const writer = new YamlWriter();
    for (const part of [value, middle, leaf, value]) expect(writer.write(part)).toBe(toYaml(unshared(part)));
  });

  test('cost their text only once', () => {
    let value: object = leaf;
    for (let level = 0; level < 15; level++) value = [value, value];
    const writer = new YamlWriter();
    const first = writer.write(value);
    expect(writer.write(value)).toBe(first);
    expect(first.length).toBeGreaterThan(2 ** 15 * 300);
  });
});

describe('what is no JSON data is refused by name', () => {
  const circle: { a: { b: unknown[] } } = { a: { b: [1] } };
  circle.a.b.push({ c: circle.a });
  test.each<[unknown, string]>([
    [{ a: [0, { 'b.c/d': Number.NaN }] }, 'a[1]["b.c/d"] is NaN, which is no JSON data'],
    [{ a: Number.POSITIVE_INFINITY }, 'a is Infinity, which is no JSON data'],
    [{ a: [1, undefined] }, 'a[1] is undefined, which is no JSON data'],
    [{ a: () => 1 }, 'a is a function, which is no JSON data'],
    [{ a: { b: 1n } }, 'a.b is a bigint, which is no JSON data'],
    [[new Date(0)], '[0] is a Date, which is no JSON data'],
    [{ a: new Map() }, 'a is a Map, which is no JSON data'],
    [undefined, 'the value is undefined, which is no JSON data'],
    [circle, 'a.b[1].c leads back to a'],
  ])('case %#', (value, message) => {
    expect(() => toYaml(value)).toThrow(new Error(message));
  });

  test('and the writer goes on', () => {
    const writer = new YamlWriter();
    expect(() => writer.write({ a: { b: Number.NaN } })).toThrow('a.b is NaN');
    expect(writer.write({ a: { b: 1 } })).toBe('a:\n  b: 1\n');
    expect(() => writer.write([Number.NaN])).toThrow(/^\[0\] is NaN/);
  });
});

test('many line breaks in a text are passed over once', () => {
  // A run of breaks that is gone through from each of them would take minutes.
  const text = `a${'\n'.repeat(300_000)}b`;
  expect(parse(toYaml({ text }))).toEqual({ text });
});
