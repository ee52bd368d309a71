import type { IConstruct } from 'constructs';
import { clustertrainingruntimes, trainingruntimes } from '../../../crds-imports/trainer.kubeflow.org';
import { Settings } from '../../contracts';
import { Existing, namespaceOf, objectsBelow, objectsByName, World } from '../../core';
import type { FinishedJob } from './finished-job';
import type { Runtime } from './runtime';

/** The id of the rule that a runtime has to be there. */
const RUNTIME_EXISTS = 'TR-2';

/**
 * Says at synthesis when an app that has a platform, or runtimes, does not have the one that a job takes: admission refuses the job
 * then. In a closed world that is said of the job's object anyway; a trial has none.
 */
export function requireRuntime(construct: IConstruct, { name, kind, exists }: Runtime): void {
  const type = kind === 'TrainingRuntime' ? trainingruntimes : clustertrainingruntimes;
  const namespace = kind === 'TrainingRuntime' ? namespaceOf(construct) : undefined;
  if (exists) World.declare(construct, Existing.object(type, name, namespace));
  construct.node.addValidation({
    validate: () => {
      const platforms = Settings.platforms(construct);
      const runtimes = objectsByName(construct.node.root, kind);
      const reference = { group: type.group, kind, name, namespace, path: 'spec.runtimeRef' };
      const isThere =
        (runtimes.get(name) ?? []).some((object) => !namespace || object.metadata.namespace === namespace) ||
        [construct, ...platforms].some((scope) => World.has(scope, reference));
      const isTold = World.isClosed(construct) && objectsBelow(construct).length > 0;
      if (isThere || isTold || (platforms.length === 0 && runtimes.size === 0)) return [];
      const known = [...runtimes].flatMap(([called, alike]) => alike.map(() => called));
      return [
        `there is no ${kind} ${name}; ${known.length > 0 ? `there are ${known.join(', ')}` : 'install the trainer (components.trainer = {})'}, or declare it as existing (${RUNTIME_EXISTS})`,
      ];
    },
  });
}

/** Says at synthesis when nothing provides the PriorityClass with which a job waits for its gang scheduler. */
export function requirePriorityClass(construct: IConstruct, { runPolicy }: FinishedJob['fields']): void {
  const name = runPolicy?.schedulingPolicy?.priorityClass;
  const path = 'spec.runPolicy.schedulingPolicy.priorityClass';
  if (name) World.expect(construct, { group: 'scheduling.k8s.io', kind: 'PriorityClass', name, path });
}
