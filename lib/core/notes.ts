import type { IConstruct } from 'constructs';
import type { Finding } from './finding';
import { Scoped } from './scoped';

const scoped = new Scoped<string>('cdk8s-kubeflow:note');

/** Things that a construct wants the synthesis report to say about it. */
export const Notes = {
  /** Adds a note to a construct. */
  add(construct: IConstruct, message: string): void {
    scoped.add(construct, message);
  },

  /** The notes of a construct, as findings. */
  at(construct: IConstruct): Finding[] {
    return scoped.at(construct).map((message) => ({ severity: 'note', path: construct.node.path, message }));
  },
};
