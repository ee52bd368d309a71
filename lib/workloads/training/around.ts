import type { IConstruct } from 'constructs';
import { clustertrainingruntimes, trainingruntimes } from '../../../crds-imports/trainer.kubeflow.org';
import { Settings, TRAINING } from '../../contracts';
import { Existing, namespaceOf, objectsBelow, objectsByName, World } from '../../core';
import { enforce, error, late, type Rule } from '../../core/rule';
import type { FinishedJob } from './finished-job';
import type { Runtime } from './runtime';

/** A job, or what makes one, and the runtime that it takes. */
interface Taken {
  readonly construct: IConstruct;
  readonly runtime: Runtime;
}

/** The rules of what is around a job, which only the finished app shows. */
export const AROUND_RULES: readonly Rule<Taken>[] = [
  late(error('trainer/missing-runtime', "The trainer's webhook refuses a job whose runtime is not there.", missingRuntime)),
];

/** Says at synthesis when an app that has a platform, or runtimes, does not have the one that a job takes. */
export function requireRuntime(construct: IConstruct, runtime: Runtime): void {
  if (runtime.exists) World.declare(construct, Existing.object(typeOf(runtime), runtime.name, namespaceFor(construct, runtime)));
  enforce(construct, AROUND_RULES, { construct, runtime });
}

/** In a closed world that is said of the job's object anyway; a trial has none. */
function missingRuntime({ construct, runtime }: Taken): string | undefined {
  const { name, kind } = runtime;
  const namespace = namespaceFor(construct, runtime);
  const platforms = Settings.platforms(construct);
  const runtimes = objectsByName(construct.node.root, kind);
  const reference = { group: typeOf(runtime).group, kind, name, namespace, path: 'spec.runtimeRef' };
  const isThere =
    (kind === 'ClusterTrainingRuntime' && TRAINING.soFar(construct)?.runtimes.includes(name)) ||
    (runtimes.get(name) ?? []).some((object) => !namespace || object.metadata.namespace === namespace) ||
    [construct, ...platforms].some((scope) => World.has(scope, reference));
  const isTold = World.isClosed(construct) && objectsBelow(construct).length > 0;
  if (isThere || isTold || (platforms.length === 0 && runtimes.size === 0)) return undefined;
  const known = [...runtimes.values()].flat().map((object) => object.name);
  return `there is no ${kind} ${name}; ${known.length > 0 ? `there are ${known.join(', ')}` : 'install the trainer (components.trainer = {})'}, or declare it as existing`;
}

function typeOf({ kind }: Runtime) {
  return kind === 'TrainingRuntime' ? trainingruntimes : clustertrainingruntimes;
}

function namespaceFor(construct: IConstruct, { kind }: Runtime): string | undefined {
  return kind === 'TrainingRuntime' ? namespaceOf(construct) : undefined;
}

/** Says at synthesis when nothing provides the PriorityClass with which a job waits for its gang scheduler. */
export function requirePriorityClass(construct: IConstruct, { runPolicy }: FinishedJob['fields']): void {
  const name = runPolicy?.schedulingPolicy?.priorityClass;
  const path = 'spec.runPolicy.schedulingPolicy.priorityClass';
  if (name) World.expect(construct, { group: 'scheduling.k8s.io', kind: 'PriorityClass', name, path });
}
