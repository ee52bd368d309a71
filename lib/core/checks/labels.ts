import type { Finding } from '../finding';
import { describe, type Manifest } from '../manifest';
import { DNS_SUBDOMAIN, LABEL_NAME, type NameRule } from '../names';
import type { ObjectModel } from '../object-model';
import { podSpecs } from '../pods';

type Texts = Readonly<Record<string, string>>;

/** Bytes that the annotations of an object may have together. */
const ANNOTATIONS_SIZE = 256 * 1024;

/** A text that a program of the cluster fills in: of Go's templates, of Katib's parameters. */
const TEMPLATE = /\{\{|\$\{/;

/**
 * Labels, annotations and node selectors are what Kubernetes takes, on objects and on the pods they make. Of the pods of a custom
 * resource, the API server would say nothing; they would just never come.
 */
export function* labels(model: ObjectModel): Iterable<Finding> {
  for (const manifest of model.manifests)
    for (const message of problemsOf(manifest))
      yield { severity: 'error', path: model.pathOf(manifest), message: `${describe(manifest)}: ${message}` };
}

function* problemsOf(manifest: Manifest): Iterable<string> {
  const { labels: own, annotations } = manifest.metadata;
  yield* labelProblems('metadata.labels', own);
  yield* annotationProblems('metadata.annotations', annotations);
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
