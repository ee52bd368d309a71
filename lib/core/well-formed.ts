import { fieldPath, type Step } from './schemas/schema';

/** Half of a character that takes two: a text with one is no Unicode, and no parser of YAML takes it. */
const HALF = /\p{Surrogate}/u;

/** Parts of objects that were looked at before; objects share many, and nobody changes them. */
const sound = new WeakSet<object>();

/** @throws Error naming the field that holds text which cannot be written */
export function refuseMalformedText(data: unknown): void {
  const steps = malformed(data);
  if (steps)
    throw new Error(
      `${fieldPath(steps) || 'the object'} holds half of a character (a lone surrogate), which is no text and cannot be written; was a text cut in the middle of one?`,
    );
}

function malformed(node: unknown): Step[] | undefined {
  if (typeof node === 'string') return HALF.test(node) ? [] : undefined;
  if (typeof node !== 'object' || node === null || sound.has(node)) return undefined;
  for (const [key, member] of Object.entries(node)) {
    if (HALF.test(key)) return [];
    const below = malformed(member);
    if (below) return [Array.isArray(node) ? Number(key) : key, ...below];
  }
  sound.add(node);
  return undefined;
}
