import { Construct } from 'constructs';
import { type Kind, KubeObject } from '../core';
import { type TrainingJobProps, trainingJobManifest } from './training/manifest';

/**
 * A distributed training job: of the Training Operator, named by its framework, or a TrainJob, made from a runtime. The
 * construct's id is its name.
 *
 * @example
 * new TrainingJob(chart, 'resnet', { pytorch: { master: 1, worker: 3 }, image: 'ghcr.io/my-org/train:1.4', resources: { gpu: Gpu.nvidia(1) } });
 * new TrainingJob(chart, 'tune', { runtime: Runtime.shipped('torch-distributed'), nodes: 4, image: 'ghcr.io/my-org/train:1.4' });
 *
 * @see https://www.kubeflow.org/docs/components/trainer/
 */
export class TrainingJob extends Construct {
  /** Name of the job. */
  readonly name: string;

  /** @throws ConstructError with everything that admission or the operator would refuse, or that would let the job hang */
  constructor(scope: Construct, id: string, props: TrainingJobProps) {
    super(scope, id);
    this.name = id;
    const { kind, labels, spec } = trainingJobManifest(this, id, props);
    new KubeObject<{ spec: unknown }>(this, 'Resource', kind as Kind<{ spec: unknown }>, {
      metadata: { name: id, ...(labels && { labels }) },
      spec,
    });
  }
}
