import { together } from '../../core';
import { error, type Rule } from '../../core/rule';
import type { JobFacts } from './rules';

/** Part of a metric of an autoscaler that measures what pods use of what they ask for. */
interface Utilization {
  readonly type?: string;
  readonly resource?: { readonly name?: string; readonly target?: { readonly type?: string } };
  readonly containerResource?: {
    readonly name?: string;
    readonly container?: string;
    readonly target?: { readonly type?: string };
  };
}

/** The rules of jobs that the operator scales. */
export const ELASTIC_RULES: readonly Rule<JobFacts>[] = [
  error(
    'training-operator/unmeasurable-scaling',
    'Utilization is a share of what every container of a pod asks for; where one asks for nothing the autoscaler never scales.',
    ({ fields: { elasticPolicy }, finished }) => {
      const containers = finished.Worker?.template?.spec?.containers ?? [];
      return together(
        ((elasticPolicy?.metrics ?? []) as readonly Utilization[]).map(({ resource, containerResource }) => {
          const { name, target } = resource ?? containerResource ?? {};
          if (name === undefined || target?.type !== 'Utilization') return undefined;
          const measured = containers.filter((one) => !containerResource || one.name === containerResource.container);
          const silent = measured.filter(
            ({ resources: { requests, limits } = {} }) => requests?.[name] === undefined && limits?.[name] === undefined,
          );
          return silent.length > 0
            ? `workers are scaled by the utilization of ${name}, and ${silent.map((one) => one.name).join(', ')} asks for none; give resources with ${name}`
            : undefined;
        }),
      );
    },
  ),
];
