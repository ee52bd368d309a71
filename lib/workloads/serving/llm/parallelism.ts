import type { Parallelism } from '../../../../crds-imports/serving.kserve.io';

/**
 * What vLLM is told of a replica on one node. KServe's presets tell it to the servers of several nodes only.
 *
 * @see https://docs.vllm.ai/en/latest/serving/parallelism_scaling.html
 */
export function parallelArguments({ tensor, pipeline, data, dataRPCPort, expert }: Parallelism): string[] {
  const sizes = {
    'tensor-parallel-size': tensor,
    'pipeline-parallel-size': pipeline,
    'data-parallel-size': data,
    'data-parallel-rpc-port': dataRPCPort,
  };
  return [
    ...Object.entries(sizes).flatMap(([name, size]) => (size === undefined ? [] : [`--${name}=${size}`])),
    ...(expert ? ['--enable-expert-parallel'] : []),
  ];
}
