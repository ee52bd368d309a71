import type { LLMInferenceServiceSpec, Prefill } from '../../../../crds-imports/serving.kserve.io';

type Workload = Pick<Prefill, 'worker' | 'parallelism'>;

/** What a service is, after the bases that it builds on. */
export type Shape = Workload & Pick<LLMInferenceServiceSpec, 'prefill' | 'router'>;

const PREFIX = 'kserve-config-llm-';

/**
 * The presets that the controller looks for, by what a service has; without one of them it makes nothing, whatever the service says itself.
 *
 * @see https://github.com/kserve/kserve/blob/v0.18.0/pkg/controller/v1alpha2/llmisvc/config_merge.go
 */
export function presetNames(shape: Shape): string[] {
  const { prefill, router } = shape;
  return [
    ...(router?.scheduler && !router.scheduler.pool?.ref ? ['scheduler'] : []),
    ...(router?.route && !router.route.http?.refs ? ['router-route'] : []),
    ...ofWorkload(prefill ? 'decode-' : '', shape),
    ...(prefill ? ofWorkload('prefill-', prefill) : []),
  ].map((name) => `${PREFIX}${name}`);
}

function ofWorkload(side: string, { worker, parallelism: { data, dataLocal, pipeline } = {} }: Workload): string[] {
  if (!worker) return [`${side}template`];
  if ((data ?? dataLocal) !== undefined) return [`${side}worker-data-parallel`];
  return pipeline === undefined ? [] : [`${side}worker-pipeline-parallel`];
}
