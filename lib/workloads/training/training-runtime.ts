import type { Construct } from 'constructs';
import { clustertrainingruntimes, trainingruntimes } from '../../../crds-imports/trainer.kubeflow.org';
import { DeclaredRuntime } from '../../components/trainer/declared-runtime';
import type { RuntimeDeclaration } from '../../components/trainer/runtime-shape';
import { madeFor } from '../made-for';
import type { ObjectOptions } from '../named';
import { type RuntimeOptions, runtimeDeclaration } from './runtime-spec';

/** A blueprint for TrainJobs: in our words, or with a spec as the API takes it. */
export type TrainingRuntimeProps = (RuntimeOptions | RuntimeDeclaration) & ObjectOptions;

/**
 * A blueprint for TrainJobs of all namespaces. The construct's id is its name, unless it is given one.
 *
 * @example
 * const runtime = new ClusterTrainingRuntime(chart, 'team-torch', { policy: TrainingPolicy.torch(), nodes: 2, image: 'ghcr.io/my-org/torch:2.10' });
 * new TrainingJob(chart, 'resnet', { runtime: Runtime.of(runtime), nodes: 4 });
 *
 * @see https://www.kubeflow.org/docs/components/trainer/operator-guides/runtime/
 */
export class ClusterTrainingRuntime extends DeclaredRuntime {
  /** @throws ConstructError with everything that the trainer or JobSet would refuse, when it is made or when a job takes it */
  constructor(scope: Construct, id: string, props: TrainingRuntimeProps) {
    super(scope, id, clustertrainingruntimes, declarationOf(scope, id, props), props);
  }
}

/**
 * A blueprint for the TrainJobs of its namespace. The construct's id is its name, unless it is given one.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/operator-guides/runtime/
 */
export class TrainingRuntime extends DeclaredRuntime {
  /** @throws ConstructError with everything that the trainer or JobSet would refuse, when it is made or when a job takes it */
  constructor(scope: Construct, id: string, props: TrainingRuntimeProps) {
    super(scope, id, trainingruntimes, declarationOf(scope, id, props), props);
  }
}

function declarationOf(scope: Construct, id: string, props: TrainingRuntimeProps): RuntimeDeclaration {
  return 'spec' in props ? props : madeFor(`${scope.node.path}/${id}`, () => runtimeDeclaration(props));
}
