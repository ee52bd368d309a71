/**
 * Whether a text is what a pattern says, in which `*` stands for any text, also for none. Each part between the stars is looked for
 * once: a regular expression of many stars would try every way to divide the text among them.
 */
export function glob(pattern: string, text: string): boolean {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let end = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, end);
    if (found < 0) return false;
    end = found + part.length;
  }
  return text.length - last.length >= end && text.endsWith(last);
}
