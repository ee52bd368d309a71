import type { Labels } from '../core';
import type { ObjectOptions } from './named';
import { given } from './pod/given';

/** The metadata of an object. */
export function objectMetadata(
  name: string,
  { labels, annotations }: Omit<ObjectOptions, 'name'>,
): { name: string; labels?: Labels; annotations?: Labels } {
  return { name, ...given({ labels: filled(labels), annotations: filled(annotations) }) };
}

/** What was written by hand and says otherwise than the options whose keys these are, each as a sentence. */
export function contradictions(kind: 'label' | 'annotation', written: Labels = {}, said: Labels = {}): string[] {
  return Object.entries(said)
    .filter(([key, value]) => written[key] !== undefined && written[key] !== value)
    .map(
      ([key, value]) =>
        `the ${kind} ${key} says ${JSON.stringify(written[key])}, its option ${JSON.stringify(value)}; leave the ${kind} out`,
    );
}

function filled(labels: Labels | undefined): Labels | undefined {
  return labels && Object.keys(labels).length > 0 ? labels : undefined;
}
