import type { LabelSelector } from '../../crds-imports/meta';
import { selects } from '../../lib/core/labels';

const expression = (key: string, operator: string, ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, values }],
});

describe('labels satisfy a selector', () => {
  const cases: [string, LabelSelector | undefined, Record<string, string>, boolean][] = [
    ['none selects everything', undefined, {}, true],
    ['an empty one selects everything', {}, { a: '1' }, true],
    ['by all its labels', { matchLabels: { a: '1', b: '2' } }, { a: '1', b: '2', c: '3' }, true],
    ['not by one of two labels', { matchLabels: { a: '1', b: '2' } }, { a: '1' }, false],
    ['not by another value', { matchLabels: { a: '1' } }, { a: '2' }, false],
    ['In, one of the values', expression('a', 'In', '1', '2'), { a: '2' }, true],
    ['In, another value', expression('a', 'In', '1', '2'), { a: '3' }, false],
    ['In, no such label', expression('a', 'In', '1'), {}, false],
    ['NotIn, one of the values', expression('a', 'NotIn', '1'), { a: '1' }, false],
    ['NotIn, another value', expression('a', 'NotIn', '1'), { a: '2' }, true],
    ['NotIn, no such label', expression('a', 'NotIn', '1'), {}, true],
    ['Exists, also when it is empty', expression('a', 'Exists'), { a: '' }, true],
    ['Exists, no such label', expression('a', 'Exists'), { b: '1' }, false],
    ['DoesNotExist, it does', expression('a', 'DoesNotExist'), { a: '' }, false],
    ['DoesNotExist, no such label', expression('a', 'DoesNotExist'), {}, true],
    ['by labels and expressions together', { matchLabels: { a: '1' }, ...expression('b', 'Exists') }, { a: '1' }, false],
  ];

  test.each(cases)('%s', (_, selector, labels, satisfied) => {
    expect(selects(selector, labels)).toBe(satisfied);
  });
});
