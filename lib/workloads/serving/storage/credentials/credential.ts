import type { DeclaredObject } from '../../../pod/declared-object';

type Texts = Readonly<Record<string, string>>;

/** A Secret that is written, from values that the user gives. */
export interface WrittenSecret {
  /** What follows the name of the credentials in the name of the Secret. */
  readonly suffix: string;
  readonly data: Texts;
  /** Values that are no text, base64. @default - none */
  readonly binary?: Texts;
  readonly annotations?: Texts;
}

/** A Secret that the cluster has, or that is declared elsewhere. */
export interface GivenSecret {
  readonly secret: DeclaredObject | string;
  /** What KServe reads from the Secret beside its values. */
  readonly annotations?: Texts;
}

/** Access to one kind of store, as KServe's storage initializer takes it. */
export interface Credential {
  /** How messages name the kind of store. */
  readonly store: string;
  /** URIs of models for which it is used. */
  readonly opens: RegExp;
  /** Where the values are; undefined when the ServiceAccount itself is let in. */
  readonly source?: WrittenSecret | GivenSecret;
  /** Annotations of the ServiceAccount. */
  readonly serviceAccount?: Texts;
  /** What is wrong with it, each as a sentence. */
  readonly problems?: readonly string[];
}

/** A Secret in place of the values. */
export interface FromSecret {
  /** The Secret, or the name of one that the namespace has. */
  readonly secret: DeclaredObject | string;
}

/** More than one way into a store, of which KServe would take one. @param ways members of the options, each of them one */
export function contradiction(store: string, options: object, ways: readonly string[]): string[] {
  const given = ways.filter((way) => (options as Record<string, unknown>)[way] !== undefined);
  return given.length > 1 ? [`${store} is opened by ${given.join(' and by ')}; give one of them`] : [];
}
