import { Late, rangeProblems } from '../../lib/core';

describe('a range', () => {
  test.each([0, 10, undefined])('holds %j', (verbosity) => {
    expect(rangeProblems({ min: 0, max: 10 }, { verbosity })).toStrictEqual([]);
  });

  test.each([-1, 11, 1.5, Number.NaN, '3'])('does not hold %j', (verbosity) => {
    expect(rangeProblems({ min: 0, max: 10 }, { verbosity: verbosity as number })).toStrictEqual([
      `verbosity is ${JSON.stringify(verbosity)}, must be a whole number from 0 to 10`,
    ]);
  });

  test('may have no end', () => {
    expect(rangeProblems({ min: 1 }, { replicas: 1e6, concurrency: 0 })).toStrictEqual([
      'concurrency is 0, must be a whole number of at least 1',
    ]);
  });

  test('lets a number pass that a deployment knows later', () => {
    const replicas = Late.placeholder(3) as unknown as number;
    expect(rangeProblems({ min: 1 }, { replicas })).toStrictEqual([]);
  });
});
