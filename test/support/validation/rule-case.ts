import type { Container, PodSpec } from '../../../crds-imports/core';
import type { Manifest } from '../../../lib/core';

/** An object that breaks a rule of Kubernetes' validation, and one that does not. */
export interface RuleCase {
  /** What is wrong with the one that breaks it. */
  readonly title: string;
  readonly broken: Manifest;
  readonly sound: Manifest;
  /** What is said of the broken one. */
  readonly words: string;
  /** Whether the API server takes the broken one, though nothing good comes of it. */
  readonly isTaken: boolean;
}

/** An object in the namespace of a team. */
export function object(apiVersion: string, kind: string, fields: object, metadata: object = {}): Manifest {
  return { apiVersion, kind, metadata: { name: 'a', namespace: 'team', ...metadata }, ...fields };
}

/** A case of whole objects. */
export function ofObjects(title: string, broken: Manifest, sound: Manifest, words: string): RuleCase {
  return { title, broken, sound, words, isTaken: false };
}

/** The same, which the API server takes. */
export function taken(one: RuleCase): RuleCase {
  return { ...one, isTaken: true };
}

export const MAIN = { name: 'main', image: 'ghcr.io/owner/train:1.4' };

/** A template of pods: the API server validates one like a Pod, and asks for nothing else in the cluster. */
export function podTemplate(spec: object): Manifest {
  return object('v1', 'PodTemplate', { template: { spec: { containers: [MAIN], ...spec } } });
}

/** A case of pods, of which the fields are given that matter. */
export function ofPods(title: string, broken: Loose<PodSpec>, sound: Loose<PodSpec>, words: string): RuleCase {
  return ofObjects(title, podTemplate(broken), podTemplate(sound), words);
}

/** A case of the main container of a pod. @param pod what else the pod has */
export function ofContainers(
  title: string,
  broken: Loose<Container>,
  sound: Loose<Container>,
  words: string,
  pod: Loose<PodSpec> = {},
): RuleCase {
  return ofPods(title, { ...pod, containers: [{ ...MAIN, ...broken }] }, { ...pod, containers: [{ ...MAIN, ...sound }] }, words);
}

/** Fields by their names, with values that may be wrong. */
export type Loose<T> = { readonly [Name in keyof T]?: unknown };
