import type { IConstruct } from 'constructs';
import type { Finding } from './finding';
import { Scoped } from './scoped';

/** Something to say, or what finds out at synthesis whether there is. */
type Message = string | (() => string | undefined);

interface Note {
  readonly severity: 'warning' | 'note';
  readonly message: Message;
}

const scoped = new Scoped<Note>('cdk8s-kubeflow:note');

/** Things that a construct wants the synthesis report to say about it. */
export const Notes = {
  /** Adds a note to a construct. @param message what it says, or a function for what only the finished tree shows */
  add(construct: IConstruct, message: Message): void {
    scoped.add(construct, { severity: 'note', message });
  },

  /** Adds a warning to a construct: what is probably a mistake. @param message what it says, or a function, as with notes */
  warn(construct: IConstruct, message: Message): void {
    scoped.add(construct, { severity: 'warning', message });
  },

  /** The notes and warnings of a construct, as findings. */
  at(construct: IConstruct): Finding[] {
    return scoped.at(construct).flatMap(({ severity, message: said }) => {
      const message = typeof said === 'string' ? said : said();
      return message === undefined ? [] : [{ severity, path: construct.node.path, message }];
    });
  },
};
