import type { Manifest } from '../manifest';
import { DNS_SUBDOMAIN, LABEL_NAME, type NameRule } from '../names';
import type { ObjectModel } from '../object-model';
import { podSpecs } from '../pods';
import type { Rule } from '../rule';
import { ofObjects } from './of-objects';

type Texts = Readonly<Record<string, string>>;

/** Bytes that the annotations of an object may have together. */
const ANNOTATIONS_SIZE = 256 * 1024;

/** A text that a program of the cluster fills in: of Go's templates, of Katib's parameters. */
const TEMPLATE = /\{\{|\$\{/;

/** The rules of labels, annotations and node selectors, on objects and on the pods they make. */
export const LABEL_RULES: readonly Rule<ObjectModel>[] = [
  {
    id: 'kubernetes/invalid-label',
    level: 'error',
    reason: 'The API server refuses such labels, but of the pods of a custom resource it says nothing: they just never come.',
    check: ofObjects(labelsOf),
  },
  {
    id: 'kubernetes/invalid-annotation',
    level: 'error',
    reason: 'The API server refuses annotations by other names, and more than 256 KiB of them.',
    check: ofObjects(({ metadata }) => annotationProblems('metadata.annotations', metadata.annotations)),
  },
];

function* labelsOf(manifest: Manifest): Iterable<string> {
  yield* labelProblems('metadata.labels', manifest.metadata.labels);
  for (const { path, spec, labels: ofPods } of podSpecs(manifest)) {
    if (path !== 'spec') yield* labelProblems(path.replace(/spec$/, 'metadata.labels'), ofPods);
    yield* labelProblems(`${path}.nodeSelector`, spec.nodeSelector);
  }
}

function* labelProblems(path: string, texts: Texts = {}): Iterable<string> {
  for (const [key, value] of Object.entries(texts)) {
    if (!isKey(key)) yield `${path} has the key ${JSON.stringify(key)}, must be ${KEY}`;
    if (value !== '' && !TEMPLATE.test(value) && !fits(value, LABEL_NAME))
      yield `${path}[${JSON.stringify(key)}] is ${JSON.stringify(value)}, must be empty or ${LABEL_NAME.allowed}`;
  }
}

function* annotationProblems(path: string, texts: Texts = {}): Iterable<string> {
  let size = 0;
  for (const [key, value] of Object.entries(texts)) {
    size += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (!isKey(key.toLowerCase())) yield `${path} has the key ${JSON.stringify(key)}, must be ${KEY}`;
  }
  if (size > ANNOTATIONS_SIZE) yield `${path} has ${size} bytes, must have ${ANNOTATIONS_SIZE} at most`;
}

const KEY = `a DNS name and "/", or neither, and then ${LABEL_NAME.allowed}`;

function isKey(key: string): boolean {
  const [name = '', prefix, ...more] = key.split('/').reverse();
  return more.length === 0 && fits(name, LABEL_NAME) && (prefix === undefined || fits(prefix, DNS_SUBDOMAIN));
}

function fits(text: string, { pattern, length }: NameRule): boolean {
  return text.length <= length && pattern.test(text);
}
