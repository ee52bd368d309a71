import type { Field } from './field';

const PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const HOST =
  '(?:[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?)*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?';

/** @see https://github.com/distribution/reference */
const REFERENCE = new RegExp(
  `^(?:${HOST}/)?${PART}(?:/${PART})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
);

/** The image of a container. The API server takes almost any text; the node would never start the others. */
export function image(field: Field, reference: string | undefined): void {
  field.required('image', reference);
  if (!reference || field.isFilledIn(reference) || REFERENCE.test(reference)) return;
  field.at('image').must(`be an image such as ghcr.io/owner/name:1.2${because(reference)}`, reference);
}

function because(reference: string): string {
  if (/\s/.test(reference)) return ', without blanks';
  if (reference.includes('://')) return ', without a scheme';
  if (/[A-Z]/.test(reference.replace(/^[^/]*[.:][^/]*\//, '').replace(/[:@].*$/, ''))) return ', in lower case';
  return '';
}
