import * as pulumi from '@pulumi/pulumi';
import type { IResolver, ResolutionContext } from 'cdk8s';
import { Late, type Manifest, type ObjectModel, type Rule } from '../../core';
import { ofObjects } from '../../core/checks/of-objects';

/**
 * An Output as a text, for every option of a construct that takes one: a domain, an image, a bucket in a URI, an ARN in an
 * annotation, the value of a Secret. It can be part of a longer text (`s3://${asString(bucket.id)}/models`). The construct gets a
 * placeholder; the deployed object has the Output, with its secretness and what it depends on. Writing the object as YAML is an error.
 *
 * Inside text that is itself JSON the value is escaped; in any other format it is put in as it is.
 */
export function asString(output: pulumi.Input<string | number | boolean>): string {
  return Late.placeholder(output);
}

/**
 * An Output as the value of a field that is no text: a number of replicas, a list, an object. It is for fields that a construct
 * passes on without looking at them, above all those of `KubeObject`.
 */
export function asField<T>(output: pulumi.Input<T>): T {
  return Late.placeholder(output) as T;
}

/** Lets an Output stand in the body of an object: it becomes a placeholder there. */
export const outputResolver: IResolver = {
  resolve(context: ResolutionContext): void {
    if (pulumi.Output.isInstance(context.value)) context.replaceValue(Late.placeholder(context.value));
  },
};

/** What an Output turns into when it is put into a string template; nothing can be made of it. */
const TEMPLATE = /Calling \[(toString|toJSON)\] on an \[Output/;

/** The rules of Outputs in objects. */
export const OUTPUT_RULES: readonly Rule<ObjectModel>[] = [
  {
    id: 'pulumi/output-in-name',
    level: 'error',
    reason: 'What names an object or a field has to be known before the deployment.',
    check: ofObjects(named),
  },
  {
    id: 'pulumi/lost-output',
    level: 'error',
    reason: 'An Output in a string template is a text that says so, and its value is lost.',
    check: ofObjects(function* (manifest) {
      for (const path of lost(manifest, ''))
        yield `${path} has an Output in a string template; put asString(output) into the template`;
    }),
  },
];

function* named(manifest: Manifest): Iterable<string> {
  for (const { path, isKey } of Late.find(manifest)) {
    if (isKey) yield `the field ${path} has a name that only the deployment knows; give the name itself`;
    else if (IDENTITY.has(path)) yield `${path} names the object, but only the deployment knows its value; give the value itself`;
  }
}

const IDENTITY = new Set(['apiVersion', 'kind', 'metadata.name', 'metadata.namespace']);

function* lost(node: unknown, path: string): Iterable<string> {
  if (typeof node === 'string' && TEMPLATE.test(node)) yield path;
  if (typeof node !== 'object' || node === null) return;
  for (const [key, member] of Object.entries(node)) yield* lost(member, path ? `${path}.${key}` : key);
}

/** Plain data with every Output back in its place. */
export function withOutputs(data: unknown): unknown {
  if (typeof data === 'string') return Late.isIn(data) ? textWithOutputs(data) : data;
  if (Array.isArray(data)) return data.map(withOutputs);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, member]) => [key, withOutputs(member)]));
}

function textWithOutputs(text: string): unknown {
  const parts = Late.split(text);
  const [first] = parts;
  if (parts.length === 1 && first && 'value' in first) return first.value;
  const escaped = isJson(text) ? (value: unknown) => JSON.stringify(`${value}`).slice(1, -1) : (value: unknown) => `${value}`;
  const values = parts.map((part) =>
    'value' in part ? pulumi.output(part.value as pulumi.Input<string>).apply(escaped) : part.text,
  );
  return pulumi.all(values).apply((known) => known.join(''));
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
