import type { IConstruct } from 'constructs';
import { Scoped } from './scoped';

/** What is wrong with an app, each as a line. */
type Check = (root: IConstruct) => readonly string[];

const attached = new Scoped<true>('cdk8s-kubeflow:validated');

/** Apps that were looked at: every object asks. */
const seen = new WeakSet<IConstruct>();

/** Apps whose constructs are asked at the moment what is wrong with them: by cdk8s, or for an assembly. */
const asked = new WeakSet<IConstruct>();

/** Apps that nothing was wrong with, until whoever asked is done: cdk8s asks again for every chart that it writes. */
let clean = new WeakSet<IConstruct>();

let check: Check | undefined;

/**
 * The checks as a part of cdk8s' own validation, so that `app.synth()` and its command line run them too. An assembly runs them by
 * itself, and then they are not run a second time.
 */
export const Validated = {
  /** Says how an app is checked; the library does when it is loaded as a whole. */
  by(how: Check): void {
    check = how;
  },

  /** Lets an app be checked when cdk8s validates it. */
  attach(construct: IConstruct): void {
    const { root } = construct.node;
    if (seen.has(root)) return;
    seen.add(root);
    // Another copy of the library may have been before.
    if (attached.at(root).length > 0) return;
    attached.add(root, true);
    root.node.addValidation({ validate: () => [...problems(root)] });
  },

  /** Does something with what the constructs of an app say themselves, without the checks of the whole. */
  apart<T>(construct: IConstruct, action: () => T): T {
    const { root } = construct.node;
    if (asked.has(root)) return action();
    asked.add(root);
    try {
      return action();
    } finally {
      asked.delete(root);
    }
  },

  /** Whether cdk8s is asking the constructs of an app itself. */
  isAsked(construct: IConstruct): boolean {
    return asked.has(construct.node.root);
  },
};

function problems(root: IConstruct): readonly string[] {
  if (!check || asked.has(root) || clean.has(root)) return [];
  const how = check;
  const found = Validated.apart(root, () => how(root));
  if (found.length === 0) {
    clean.add(root);
    queueMicrotask(() => {
      clean = new WeakSet();
    });
  }
  return found;
}
