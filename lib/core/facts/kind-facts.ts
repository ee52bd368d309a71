import type { Kind } from '../kind';
import type { Labels } from '../labels';
import type { Manifest } from '../manifest';
import type { Reference } from '../references';

/** When an object is ready for others. */
export interface Ready {
  /** What plan.json calls it: `Available`. */
  readonly state: string;
  /** What `kubectl wait --for` takes: `condition=Available`. */
  readonly condition: (object: Manifest) => string;
}

/** Ready when a condition in the status is true. */
export function condition(type: string): Ready {
  return { state: type, condition: () => `condition=${type}` };
}

/** Fields that somebody else than the author writes. */
export interface Written {
  /** Paths; `[*]` stands for every item of a list, `["a.b/c"]` for a key with dots. */
  readonly fields: readonly string[];
  /**
   * Only in objects that have one of these fields.
   *
   * @default - in all objects of the kind
   */
  readonly where?: readonly string[];
  /** Who writes them. */
  readonly writer: string;
}

/** Fields that an object keeps for life; paths as in `Written`. */
export interface Kept {
  readonly fields: readonly string[];
  /** Parts of these fields that change in place. @default - none */
  readonly except?: readonly string[];
  /** Further parts that change in place as long as the object is suspended. @default - none */
  readonly exceptSuspended?: readonly string[];
}

/** That a program writes the CA bundle of an object which asks for it. */
export interface Injection {
  /** Whether an object asks for it. */
  readonly asked: (object: Manifest) => boolean;
  /** Where the CA comes from; undefined where no object has it. */
  readonly from: (object: Manifest) => Reference | undefined;
  /** Labels of the workload that writes it. */
  readonly writer: Labels;
}

/**
 * What is known of a kind beyond its schema, whatever its version. Several products may each know something of one kind; what they
 * know adds up.
 */
export interface KindFacts {
  readonly kind: Pick<Kind, 'group' | 'kind'>;
  /** Other objects that it names, besides those of its pods and its namespace. @default - none */
  readonly names?: (object: Manifest) => readonly Reference[];
  /** Objects that its controller makes, so that others may name them: a Certificate's Secret. @default - none */
  readonly makes?: (object: Manifest) => readonly Reference[];
  /** Its controller makes pods of which it does not say the labels. @default - its pods are those that it describes */
  readonly makesPods?: true;
  /** Kinds that go before it in a wave when it names them. @default - none */
  readonly follows?: readonly Pick<Kind, 'group' | 'kind'>[];
  /** Field of a reference that admission looks up: what it names has to be there. @default - none */
  readonly admittedAfter?: string;
  /** When it is ready for those that rely on it. @default - as soon as it is applied */
  readonly ready?: Ready;
  /** Field with the CA by which the API server trusts a server of the object. @default - the kind has none */
  readonly caBundle?: string;
  /** Who writes that field on request. @default - nobody */
  readonly injected?: Injection;
  /** Field of a reference to what it scales, whose number of replicas it writes. @default - it scales nothing */
  readonly scales?: string;
  /** Fields that somebody else writes over. @default - none */
  readonly written?: readonly Written[];
  /** Fields that it keeps for life, as far as neither its schema nor Kubernetes' own clients know it. @default - none */
  readonly kept?: Kept;
  /** People's work would be lost with it. @default - it would not */
  readonly holdsWork?: true;
}
