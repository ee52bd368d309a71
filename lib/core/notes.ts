import type { IConstruct } from 'constructs';
import type { Finding } from './finding';
import { Scoped } from './scoped';

/** What finds out at synthesis what is to be said. */
type Search = () => Iterable<Finding>;

const scoped = new Scoped<Search>('cdk8s-kubeflow:note');

/** Things that a construct wants the synthesis report to say about it. */
export const Notes = {
  /** Adds a note to a construct. */
  add(construct: IConstruct, message: string | (() => string | undefined)): void {
    scoped.add(construct, () => {
      const said = typeof message === 'string' ? message : message();
      return said === undefined ? [] : [{ severity: 'note', path: construct.node.path, message: said }];
    });
  },

  /** Adds what only the finished tree shows. */
  find(construct: IConstruct, search: Search): void {
    scoped.add(construct, search);
  },

  /** What a construct has to say, as findings. */
  at(construct: IConstruct): Finding[] {
    return scoped.at(construct).flatMap((search) => [...search()]);
  },
};
