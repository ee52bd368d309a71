const PATTERNS = new Map<string, RegExp | undefined>();

/** A pattern in Go's syntax as one of JavaScript; undefined for what is not translated. */
export function goPattern(pattern: string): RegExp | undefined {
  if (!PATTERNS.has(pattern)) PATTERNS.set(pattern, translated(pattern));
  return PATTERNS.get(pattern);
}

function translated(pattern: string): RegExp | undefined {
  const [prefix = '', flags = ''] = /^\(\?([is]+)\)/.exec(pattern) ?? [];
  const dot = flags.includes('s') ? '[^]' : '[^\\n]';
  const source = replaced(pattern.slice(prefix.length), PARTS, (part) => {
    if (part === '.') return dot;
    if (part.startsWith('[')) return replaced(part, CLASS_PARTS, (member) => (SAME.test(member) ? member : CLASS_WORDS[member]));
    return SAME.test(part) ? part : WORDS[part.replace(/P?<\w+>/, ':')];
  });
  // By code points, as Go reads, JavaScript is strict about what need not be escaped.
  for (const mode of ['u', '']) {
    try {
      if (source !== undefined) return new RegExp(source, flags + mode);
    } catch {}
  }
  return undefined;
}

/** A text whose parts are replaced; undefined when there is nothing to put for one of them. */
function replaced(text: string, parts: RegExp, replacement: (part: string) => string | undefined): string | undefined {
  let complete = true;
  const result = text.replace(parts, (part) => {
    const substitute = replacement(part);
    complete &&= substitute !== undefined;
    return substitute ?? '';
  });
  return complete ? result : undefined;
}

/** Where the languages may differ: classes of characters, escapes, the beginnings of groups, the dot. */
const PARTS = /\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\\x[\da-fA-F]{2}|\\.|\(\?(?:P?<\w+>|.)|\./gs;
const CLASS_PARTS = /(?<=^\[\^?)\]|\[:\^?\w+:\]|\\x[\da-fA-F]{2}|\\./gs;

/** Escapes that both languages read alike. */
const SAME = /^\\(?:[bBdDwWfnrtv]|x..|[^A-Za-z\d])$/;

const WORDS: Record<string, string> = {
  '(?:': '(?:',
  '\\A': '(?<![^])',
  '\\z': '(?![^])',
  '\\a': '\\x07',
  '\\s': '[\\t\\n\\f\\r ]',
  '\\S': '[^\\t\\n\\f\\r ]',
};

const CLASS_WORDS: Record<string, string> = {
  ']': '\\]',
  '\\a': '\\x07',
  '\\s': '\\t\\n\\f\\r ',
  '[:alnum:]': 'A-Za-z\\d',
  '[:alpha:]': 'A-Za-z',
  '[:ascii:]': '\\0-\\x7f',
  '[:blank:]': '\\t ',
  '[:cntrl:]': '\\0-\\x1f\\x7f',
  '[:digit:]': '\\d',
  '[:graph:]': '!-~',
  '[:lower:]': 'a-z',
  '[:print:]': ' -~',
  '[:punct:]': '!-\\/:-@\\[-`{-~',
  '[:space:]': '\\t-\\r ',
  '[:upper:]': 'A-Z',
  '[:word:]': '\\w',
  '[:xdigit:]': '\\da-fA-F',
};
