import type { IConstruct } from 'constructs';
import type { Finding } from './finding';
import { Scoped } from './scoped';

/** Something to say, or what finds out at synthesis whether there is. */
type Note = string | (() => string | undefined);

const scoped = new Scoped<Note>('cdk8s-kubeflow:note');

/** Things that a construct wants the synthesis report to say about it. */
export const Notes = {
  /** Adds a note to a construct. @param note the message, or a function for what only the finished tree shows */
  add(construct: IConstruct, note: Note): void {
    scoped.add(construct, note);
  },

  /** The notes of a construct, as findings. */
  at(construct: IConstruct): Finding[] {
    return scoped.at(construct).flatMap((note) => {
      const message = typeof note === 'string' ? note : note();
      return message === undefined ? [] : [{ severity: 'note', path: construct.node.path, message }];
    });
  },
};
