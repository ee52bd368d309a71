import { fieldPath, type Step } from './schemas/schema';

/**
 * Plain JSON data as YAML: block style, laid out as kubectl does, and read alike by parsers of YAML 1.1 and 1.2. Members that
 * are undefined are left out.
 *
 * @throws Error that names the field, for what is no JSON data: NaN, a function, an object that contains itself
 */
export function toYaml(value: unknown): string {
  return new YamlWriter().write(value);
}

/**
 * Writes many values that share parts: a part that is met again at the same depth costs nothing. Values must not change while
 * their writer is in use.
 */
export class YamlWriter {
  /** Text of the larger collections met so far, by depth. */
  private readonly texts: Map<object, string>[] = [];
  /** The collections that are being written, outermost first, and the step that leads out of each. */
  private readonly open: object[] = [];
  private readonly steps: Step[] = [];

  /** @see toYaml */
  write(value: unknown): string {
    this.open.length = 0;
    return this.text(value, 0);
  }

  /** The lines of a value, indented to a depth except for the first one. */
  private text(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'string':
        return `${string(value, depth)}\n`;
      case 'number':
        return Number.isFinite(value) ? `${number(value)}\n` : this.refuse(String(value));
      case 'boolean':
        return value ? 'true\n' : 'false\n';
      case 'object':
        return value === null ? 'null\n' : this.collection(value, depth);
      default:
        return this.refuse(value === undefined ? 'undefined' : `a ${typeof value}`);
    }
  }

  private collection(value: object, depth: number): string {
    this.texts[depth] ??= new Map();
    const texts = this.texts[depth];
    const known = texts.get(value);
    if (known !== undefined) return known;

    if (this.open.includes(value)) throw new Error(`${this.place()} leads back to ${this.place(this.open.indexOf(value))}`);
    if (!isPlain(value)) this.refuse(`a ${value.constructor.name}`);
    this.open.push(value);
    const text = Array.isArray(value) ? this.list(value, depth) : this.mapping(value as Record<string, unknown>, depth);
    this.open.pop();
    if (text.length > WORTH_KEEPING) texts.set(value, text);
    return text;
  }

  private list(items: readonly unknown[], depth: number): string {
    let text = '';
    for (const [index, item] of items.entries()) {
      this.steps[this.open.length - 1] = index;
      text += `${index ? indent(depth) : ''}- ${this.text(item, depth + 1)}`;
    }
    return text || '[]\n';
  }

  private mapping(map: Record<string, unknown>, depth: number): string {
    let text = '';
    for (const key of Object.keys(map)) {
      const value = map[key];
      if (value === undefined) continue;
      this.steps[this.open.length - 1] = key;
      // As kubectl has it, a list stands at the depth of its key.
      const inner = Array.isArray(value) ? depth : depth + 1;
      const lines = this.text(value, inner);
      const below = typeof value === 'object' && value !== null && lines !== '{}\n' && lines !== '[]\n';
      text += `${text && indent(depth)}${name(key, depth)}:${below ? `\n${indent(inner)}` : ' '}${lines}`;
    }
    return text || '{}\n';
  }

  private refuse(what: string): never {
    throw new Error(`${this.place()} is ${what}, which is no JSON data`);
  }

  /** Where in the value the writer is, for messages. */
  private place(level = this.open.length): string {
    return fieldPath(this.steps.slice(0, level)) || 'the value';
  }
}

/** Whether an object is an array or a record: instances of classes have a longer chain of prototypes. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A shorter text is cheaper to render again than to keep. */
const WORTH_KEEPING = 1000;

/** Text that every parser reads as text when it stands without quotes. */
const PLAIN = /^(?:[A-Za-z_$(]|\.{0,2}\/|--?[A-Za-z])(?:[!-9;-~]|:(?=[!-~])| +(?=[!"$-~]))*$/;

/** Quantities and durations: they begin like numbers, but do not end like one. */
const MEASURE = /^(?:\d+(?:\.\d+)?(?:[numkMGTPE]|[KMGTPE]i|ms|[smhd]))+$/;

/** Words that YAML 1.1 or 1.2 read as something else than text; some parsers take `e1` for a number. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|-?e[-+]?\d+)$/i;

/** What may stand in a YAML file as it is. */
const PRINTABLE = /^[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** What JSON leaves as it is and YAML does not. */
const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

function string(text: string, depth: number): string {
  if (text.includes('\n') && depth > 0) return block(text, depth) ?? quoted(text);
  return scalar(text);
}

function scalar(text: string): string {
  const plain = PLAIN.test(text) ? !WORD.test(text) : MEASURE.test(text);
  return plain ? text : quoted(text);
}

/** Text in double quotes, on one line. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Lines as they are; undefined for text that would not survive this. */
function block(text: string, depth: number): string | undefined {
  const lines = text.slice(0, endOfLines(text));
  // A last line of spaces alone is lost by some parsers.
  if (/(?:^|\n)[ \t]*$/.test(lines) || !PRINTABLE.test(text)) return undefined;
  // A first line that begins with a space must not be taken for the indentation.
  const indicator = /^\n*[ \t]/.test(lines) ? '2' : '';
  const breaks = text.length - lines.length;
  const chomping = breaks === 0 ? '-' : breaks === 1 ? '' : '+';
  return `|${indicator}${chomping}${`\n${lines}`.replace(/\n(?!\n|$)/g, `\n${indent(depth)}`)}${'\n'.repeat(Math.max(breaks - 1, 0))}`;
}

/** Where the line breaks that end a text begin; a regular expression would go through every run of them before. */
function endOfLines(text: string): number {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\n') end--;
  return end;
}

function name(key: string, depth: number): string {
  const text = scalar(key);
  // Parsers look for the colon of a key within 1024 characters, unless it is announced.
  return text.length < 1000 ? text : `? ${text}\n${indent(depth)}`;
}

/** A number as JSON writes it; YAML 1.1 wants a dot before an exponent. */
function number(value: number): string {
  return String(value).replace(/^(-?\d+)e/, '$1.0e');
}

const INDENTATION: string[] = [];

function indent(depth: number): string {
  INDENTATION[depth] ??= '  '.repeat(depth);
  return INDENTATION[depth];
}
