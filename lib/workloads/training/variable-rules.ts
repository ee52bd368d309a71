import type { Container, PodSpec } from '../../../crds-imports/core';
import { together } from '../../core';
import { error, type Rule } from '../../core/rule';
import type { JobFacts } from './rules';
import { VARIABLES } from './variables';

/** A container of a replica type, and the variables that the operator sets on it. */
interface Seen {
  readonly type: string;
  readonly container: Container;
  readonly set: readonly string[];
}

const GPU = /gpu/i;

function asksForGpu({ containers }: PodSpec): boolean {
  return containers.some(({ resources }) => Object.keys(resources?.limits ?? {}).some((name) => GPU.test(name)));
}

function containersOf({ framework, spec, replicas, finished, fields }: JobFacts): Seen[] {
  const { set, trainerOnly } = VARIABLES[framework];
  return Object.entries(finished).flatMap(([type, { template }]) => {
    const pod = template?.spec;
    if (!pod?.containers) return [];
    const names = set(type, { replicas, elastic: fields.elasticPolicy !== undefined, gpu: asksForGpu(pod) });
    // Of an MPIJob the operator takes the first one for the launcher, whatever it is called.
    const [first] = pod.containers;
    const trains = (container: Container) => (framework === 'mpi' ? container === first : container.name === spec.container);
    return pod.containers.map((container) => ({ type, container, set: !trainerOnly || trains(container) ? names : [] }));
  });
}

/** Names that a text refers to as `$(NAME)`, which Kubernetes replaces; `$$(NAME)` stays as it is. */
function referredIn(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => Array.from(text.matchAll(/(\$+)\(([A-Za-z_][A-Za-z0-9_]*)\)/g)))
    .filter(([, dollars = '']) => dollars.length % 2 === 1)
    .map(([, , name = '']) => name);
}

/** The operator's names that a container refers to, and that nobody sets where it does. */
function unset({ container, set }: Seen, known: readonly string[]): string[] {
  const { env = [], envFrom = [], command = [], args = [] } = container;
  if (envFrom.length > 0) return [];
  const own = env.map(({ name }) => name);
  const inCommand = referredIn([...command, ...args]).filter((name) => ![...own, ...set].includes(name));
  // The operator's variables stand behind the job's own, which are replaced in the order in which they stand.
  const inEnv = env.flatMap(({ value = '' }, index) => referredIn([value]).filter((name) => !own.slice(0, index).includes(name)));
  return [...new Set([...inCommand, ...inEnv])].filter((name) => known.includes(name));
}

const list = (names: readonly string[]) => names.join(', ');

/** The rules of variables, of which the operator sets some itself. */
export const VARIABLE_RULES: readonly Rule<JobFacts>[] = [
  error(
    'training-operator/overwritten-variable',
    "The operator puts its own variables behind those of a job, so the job's own of the same name have no effect.",
    (job) =>
      together(
        containersOf(job).map(({ type, container, set }) => {
          const taken = (container.env ?? []).map(({ name }) => name).filter((name) => set.includes(name));
          return taken.length > 0
            ? `${type.toLowerCase()} sets ${list(taken)} in ${container.name}, which the operator overwrites; leave ${taken.length > 1 ? 'them' : 'it'} out`
            : undefined;
        }),
      ),
  ),
  error(
    'training-operator/unset-variable',
    'Kubernetes leaves a reference to a variable that is not set as it is written, and the program gets it so.',
    (job) =>
      together(
        containersOf(job).map((seen) => {
          const names = unset(seen, VARIABLES[job.framework].known);
          if (names.length === 0) return undefined;
          const given = seen.set.length > 0 ? `it sets ${list(seen.set)} there` : 'it sets none there';
          return `${seen.type.toLowerCase()} refers to ${names.map((name) => `$(${name})`).join(', ')} in ${seen.container.name}, which the operator does not set before; ${given}, for command and args`;
        }),
      ),
  ),
];
