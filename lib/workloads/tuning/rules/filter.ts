import { GoPattern } from '../../../core/schemas/go-pattern';

/** What the collectors of lines take for a metric, as Katib's own filter says it. */
export const DEFAULT_FILTER = String.raw`([\w|-]+)\s*=\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)`;

/**
 * Whether a filter can find a metric at all: its first group, blanks around it taken off, has to be the whole name.
 *
 * @param filter a regular expression in Go's syntax
 */
export function canFind(filter: string, metric: string): boolean {
  const group = firstGroup(filter);
  if (group === undefined) return true;
  const whole = GoPattern.of(`${flagsOf(filter)}^(?:${group})$`);
  // A group of which no pattern can be made alone is left to Katib.
  if (whole.problem) return true;
  return ['', ' '].some((before) => ['', ' '].some((after) => whole.matches(`${before}${metric}${after}`)));
}

/** Flags at the beginning, which hold for the groups, too: `(?i)`. */
function flagsOf(filter: string): string {
  return /^(\(\?[a-zA-Z-]+\))*/.exec(filter)?.[0] ?? '';
}

/** What stands in the first group; undefined where it cannot be told. */
function firstGroup(filter: string): string | undefined {
  // Between \Q and \E brackets are letters.
  if (filter.includes('\\Q')) return undefined;
  let start: number | undefined;
  let depth = 0;
  for (let index = 0; index < filter.length; index++) {
    const character = filter[index];
    if (character === '\\') index++;
    else if (character === '[') index = endOfClass(filter, index);
    else if (character === '(') {
      if (start !== undefined) depth++;
      else start = contentOf(filter, index);
    } else if (character === ')' && start !== undefined) {
      if (depth === 0) return filter.slice(start, index);
      depth--;
    }
  }
  return undefined;
}

/** Where the content of a group begins; undefined for brackets that catch nothing. */
function contentOf(filter: string, index: number): number | undefined {
  if (filter[index + 1] !== '?') return index + 1;
  const [name] = /^\(\?P?<[^>]+>/.exec(filter.slice(index)) ?? [];
  return name === undefined ? undefined : index + name.length;
}

/** Where a class of characters ends: the first `]` behind its first member that is not part of `[:alpha:]`. */
function endOfClass(filter: string, begin: number): number {
  let index = begin + (filter[begin + 1] === '^' ? 2 : 1);
  if (filter[index] === ']') index++;
  for (; index < filter.length && filter[index] !== ']'; index++) {
    if (filter[index] === '\\') index++;
    else if (filter.startsWith('[:', index)) index = Math.max(filter.indexOf(':]', index) + 1, index);
  }
  return index;
}
