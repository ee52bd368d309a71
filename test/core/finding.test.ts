import { inspect } from 'node:util';
import { ConstructError, type Finding, SynthesisError } from '../../lib/core';

const finding = (path: string, message: string, about?: string): Finding => ({ severity: 'error', path, message, about });

describe('a SynthesisError', () => {
  test('tells one mistake as one, and where else it shows', () => {
    const places = ['a', 'b', 'c', 'd', 'e', 'f'].map((path) => finding(path, 'names Secret registry', 'Secret registry'));
    const error = new SynthesisError([...places, finding('g', 'is wrong'), finding('h', 'is wrong')]);
    expect(error.message).toBe(
      [
        '3 errors, nothing was written',
        'a: names Secret registry; the same at b, c, d and 2 more',
        'g: is wrong',
        'h: is wrong',
      ].join('\n  '),
    );
    expect(error.findings).toHaveLength(8);
  });

  test('is one error where there is one mistake, twice in one place', () => {
    const error = new SynthesisError([
      finding('a', 'one', 'x'),
      finding('a', 'two', 'x'),
      { ...finding('b', 'told'), severity: 'note' },
    ]);
    expect(error.message).toBe('an error, nothing was written\n  a: one');
  });

  test('is not printed a second time, member by member', () => {
    const printed = inspect(new SynthesisError([finding('a', 'is wrong')]));
    expect(printed.match(/is wrong/g)).toHaveLength(1);
    expect(inspect(new ConstructError('a/b', 'is wrong')).match(/is wrong/g)).toHaveLength(1);
    expect(new ConstructError('a/b', 'is wrong')).toMatchObject({ path: 'a/b', reason: 'is wrong', name: 'ConstructError' });
  });
});
