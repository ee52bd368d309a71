/**
 * A regular expression in Go's syntax, read by RE2 as an API server reads it: it takes time linear in the text, whatever the
 * pattern. One of the same text is the same object.
 */
export class GoPattern {
  static of(pattern: string): GoPattern {
    const known = GoPattern.known.get(pattern) ?? new GoPattern(pattern);
    GoPattern.known.set(pattern, known);
    return known;
  }

  private static readonly known = new Map<string, GoPattern>();

  /** Why it is no pattern, in RE2's words; undefined for one that is. */
  readonly problem?: string;
  private readonly compiled?: Compiled;

  private constructor(pattern: string) {
    try {
      this.compiled = compile(pattern);
    } catch (error) {
      this.problem = (error as Error).message.replace(/^error parsing regexp: /, '');
    }
  }

  /** Whether it matches anywhere in a text; one that is no pattern matches nothing. */
  matches(text: string): boolean {
    return this.compiled?.test(text) ?? false;
  }
}

interface Compiled {
  test(text: string): boolean;
}

/**
 * RE2 is loaded with the first pattern: that of quantities, which nearly every program meets, is read without it.
 *
 * @throws Error of RE2 for what it does not take
 */
function compile(pattern: string): Compiled {
  const { RE2JS } = require('re2js') as typeof import('re2js');
  return RE2JS.compile(pattern);
}
