import { type Manifest, together } from '../../../core';
import { error, late, type Rule } from '../../../core/rule';

/** The namespace of an experiment. */
export interface NamespaceFacts {
  readonly name: string | undefined;
  /** The objects of that name, once the app is finished. */
  readonly namespaces: () => readonly Manifest[];
}

/** Namespaces in which Katib reaches into the pods of trials. */
const INJECTION = 'katib.kubeflow.org/metrics-collector-injection';

/** The rules of an experiment's namespace. */
export const NAMESPACE_RULES: readonly Rule<NamespaceFacts>[] = [
  late(
    error(
      'katib/namespace-without-injection',
      "Without the label of its namespace, Katib's webhook refuses an experiment, whatever collects its metrics.",
      ({ name, namespaces }) =>
        together(
          namespaces().map(({ metadata: { labels = {} } }) =>
            labels[INJECTION] === 'enabled'
              ? undefined
              : `the namespace ${name} lacks the label ${INJECTION}: enabled, without which Katib takes no experiment`,
          ),
        ),
    ),
  ),
];
