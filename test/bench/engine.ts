import type { Definitions } from '../../lib/deploy/pulumi';
import { PlayedControllers } from '../deploy/pulumi/engine/controllers';
import { Backend } from '../deploy/pulumi/engine/project';
import { type ControlPlane, startControlPlane } from '../e2e/control-plane';

/** What one stack took, once, in milliseconds. */
export interface StackFigures {
  readonly definitions: Definitions;
  readonly resources: number;
  readonly up: number;
  /** With nothing changed. */
  readonly preview: number;
  readonly destroy: number;
  /** Bytes of the state after `up`. */
  readonly state: number;
}

/**
 * Deploys the slice that the engine test deploys with Pulumi's real engine, to a control plane of its own: with its definitions, and
 * without them on top of a stack that has nothing else.
 */
export async function measureEngine(): Promise<StackFigures[]> {
  const controlPlane = await startControlPlane();
  const controllers = new PlayedControllers(controlPlane.kubectl);
  try {
    return await stacks(controlPlane);
  } finally {
    await controllers.stop();
    await controlPlane.stop();
  }
}

async function stacks({ kubeconfig }: ControlPlane): Promise<StackFigures[]> {
  const backend = new Backend(kubeconfig);
  try {
    const whole = await measured(backend, 'included');
    return [...whole, ...(await measured(backend, 'only', () => measured(backend, 'existing')))];
  } finally {
    backend.remove();
  }
}

/** Times the life of a stack, and of those that stand on it. */
async function measured(
  backend: Backend,
  definitions: Definitions,
  onTop: () => Promise<StackFigures[]> = async () => [],
): Promise<StackFigures[]> {
  const project = backend.project(definitions, 'test/deploy/pulumi/engine/programs/slice.js');
  await project.run('stack', 'init', 'bench');
  await project.configure('definitions', definitions);
  await project.configure('retain', 'nothing');
  const up = await time(() => project.up());
  const preview = await time(() => project.preview());
  const state = backend.stateSize(definitions);
  const resources = (await project.resources()).length;
  const others = await onTop();
  const destroy = await time(() => project.destroy());
  return [{ definitions, resources, up, preview, destroy, state }, ...others];
}

async function time(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}
