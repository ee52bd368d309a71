import { Construct } from 'constructs';
import type { ClusterTrainingRuntime, TrainingRuntime } from '../../../crds-imports/trainer.kubeflow.org';
import { type Kind, KubeObject } from '../../core';
import { enforce } from '../../core/rule';
import { withFluxView } from './flux-view';
import { RUNTIME_RULES } from './runtime-rules';
import { type RuntimeDeclaration, type RuntimeShape, shapeOf } from './runtime-shape';

/** Metadata of a runtime's object. */
export interface RuntimeMetadata {
  /** @default - the construct's id */
  readonly name?: string;
  /** Labels beside those that say its framework, and whether it is deprecated. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A blueprint for TrainJobs, of the cluster or of a namespace. The construct's id is its name. */
export class DeclaredRuntime extends Construct {
  /** Name that a TrainJob refers to. */
  readonly name: string;
  /** What a TrainJob has to know of it. */
  readonly shape: RuntimeShape;
  /** The namespace whose jobs may take it; undefined when all may. */
  readonly namespace: string | undefined;

  /** @throws ConstructError with everything that the trainer or JobSet would refuse, when it is made or when a job takes it */
  constructor(
    scope: Construct,
    id: string,
    kind: Kind<ClusterTrainingRuntime> | Kind<TrainingRuntime>,
    declaration: RuntimeDeclaration,
    metadata: RuntimeMetadata = {},
  ) {
    super(scope, id);
    const { name = id, annotations } = metadata;
    this.name = name;
    const { framework, deprecated } = declaration;
    const spec = withFluxView(declaration.spec);
    this.shape = shapeOf({ framework, deprecated, spec });
    enforce(this, RUNTIME_RULES, spec);
    const labels = {
      ...metadata.labels,
      ...(framework && { 'trainer.kubeflow.org/framework': framework }),
      ...(deprecated && { 'trainer.kubeflow.org/support': 'deprecated' }),
    };
    const object = new KubeObject<ClusterTrainingRuntime>(this, 'Resource', kind, {
      metadata: { name, ...(Object.keys(labels).length > 0 && { labels }), ...(annotations && { annotations }) },
      spec,
    });
    this.namespace = object.namespace;
  }
}
