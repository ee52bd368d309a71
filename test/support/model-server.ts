import { Model, ModelRuntime, ModelServer, type ModelServerProps, toYaml } from '../../lib';
import { assembled, errors, teamChart, thrown } from './app';

export const image = 'ghcr.io/my-org/server:1.0';
export const model = Model.sklearn('s3://bucket/iris');
export const standard = { deploymentMode: 'Standard' } as const;
export const keda = { ...standard, autoscaler: 'keda' } as const;
export const multiNode = ModelRuntime.shipped('kserve-huggingfaceserver-multinode');
export const workers = {
  ...standard,
  autoscaler: 'none',
  model: Model.huggingface('pvc://models/llama', { runtime: multiNode }),
  workers: { pipelineParallel: 2 },
} as const satisfies ModelServerProps;

/** The YAML of a server, which has to be what its schema says. */
export function yaml(props: ModelServerProps, name = 'server'): string {
  const server = new ModelServer(teamChart(), name, props);
  const assembly = assembled(server);
  expect(errors(assembly)).toEqual([]);
  return toYaml(assembly.model.manifests[0]);
}

/** Why a server is refused. */
export function refusal(props: ModelServerProps, name = 'server'): string {
  return thrown(() => new ModelServer(teamChart(), name, props)).message;
}
