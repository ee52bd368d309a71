import { Construct } from 'constructs';
import { ConstructError, type Kind, KubeObject } from '../../core';
import type { NamedObject } from '../named';
import { given } from '../pod/given';
import type { Storage } from '../serving/storage/storage';
import { frameworkOf, replicasOf, trainingJobManifest } from './manifest';
import { type Kept, keptByRuntime, keptIn, outputFolderOf, storageAt } from './output';
import { hasRuntime, type TrainingJobProps } from './props';

/**
 * A distributed training job: of the Training Operator, named by its framework, or a TrainJob, made from a runtime. The
 * construct's id is its name, unless it is given one.
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
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TrainingJobProps & NamedObject,
  ) {
    super(scope, id);
    const { name = id } = props;
    this.name = name;
    const { kind, labels, annotations, spec } = trainingJobManifest(this, name, props);
    new KubeObject<{ spec: unknown }>(this, 'Resource', kind as Kind<{ spec: unknown }>, {
      metadata: { name, ...given({ labels, annotations }) },
      spec,
    });
  }

  /**
   * What the job keeps at a path, for instance to hand it to a ModelServer: `Model.huggingface(job.output('epoch_0'))`. It lies in the
   * claim that is mounted there; a claim that the job makes for itself goes with the job, unless its runtime retains it.
   *
   * @param path in the job's containers: absolute, or below the folder that a fine-tuning runtime writes to
   * @throws ConstructError when no claim is mounted there, or when the path is not absolute and no such folder is known
   */
  output(path = ''): Storage {
    if (path.startsWith('/')) return storageAt(this, this.kept, path);
    const folder = hasRuntime(this.props) ? outputFolderOf(this.props.runtime.shape) : undefined;
    if (folder === undefined)
      throw new ConstructError(this.node.path, 'where the job writes to is not known; give the absolute path in its containers');
    return storageAt(this, this.kept, path ? `${folder}/${path}` : folder);
  }

  private get kept(): Kept[] {
    return keptBy(this.props, this.name, this.node.path);
  }
}

function keptBy(props: TrainingJobProps, name: string, path: string): Kept[] {
  if (hasRuntime(props)) return [...keptIn(props.mounts), ...keptByRuntime(props.runtime.shape, name)];
  const framework = frameworkOf(path, props);
  const replicas = replicasOf(framework, props[framework] ?? {});
  return [...keptIn(props.mounts), ...replicas.flatMap(({ mounts }) => keptIn(mounts))];
}
