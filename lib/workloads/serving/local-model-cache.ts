import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { PersistentVolumeClaimSpec, PersistentVolumeSpec } from '../../../crds-imports/core';
import { localmodelcaches, localmodelnodegroups } from '../../../crds-imports/serving.kserve.io';
import { ConstructError, KubeObject } from '../../core';
import { nameOf } from '../pod/env';
import { mebibytes } from '../pod/memory';
import { storageUriProblem } from './storage';

/** Options of a group of nodes. */
export interface LocalModelNodeGroupProps {
  /** Disk that the models of a node take together. */
  readonly storageLimit: Size;
  /** Volume that each node keeps models in. */
  readonly persistentVolume: PersistentVolumeSpec;
  /** Claim to it. */
  readonly persistentVolumeClaim: PersistentVolumeClaimSpec;
}

/** Nodes that keep models on their disks. The construct's id is its name. */
export class LocalModelNodeGroup extends Construct {
  /** Name of the group. */
  readonly name: string;
  /** Disk that the models of a node take together. */
  readonly storageLimit: Size;

  constructor(scope: Construct, id: string, props: LocalModelNodeGroupProps) {
    super(scope, id);
    this.name = id;
    this.storageLimit = props.storageLimit;
    new KubeObject(this, 'Resource', localmodelnodegroups, {
      metadata: { name: id },
      spec: {
        storageLimit: props.storageLimit.asString(),
        persistentVolumeSpec: props.persistentVolume,
        persistentVolumeClaimSpec: props.persistentVolumeClaim,
      },
    });
  }
}

/** Options of a cached model. */
export interface LocalModelCacheProps {
  /** Where the model is loaded from; servers with the same URI use the cache. */
  readonly sourceModelUri: string;
  /** Disk that the model takes. */
  readonly modelSize: Size;
  /** Groups of nodes that keep it, at least one; or their names in the cluster. */
  readonly nodeGroups: readonly (LocalModelNodeGroup | string)[];
}

/**
 * A model that nodes keep on their disks, so that servers start without loading it. The construct's id is its name. It needs KServe's
 * node agent, which KServe installs with its option `localModel`.
 *
 * @see https://kserve.github.io/website/docs/model-serving/generative-inference/modelcache/localmodel
 */
export class LocalModelCache extends Construct {
  /** Name of the cache. */
  readonly name: string;
  private readonly sourceModelUri: string;

  /** @throws ConstructError when the URI is no model's or another cache has it, or when the model does not fit on a group's disks */
  constructor(scope: Construct, id: string, { sourceModelUri, modelSize, nodeGroups }: LocalModelCacheProps) {
    super(scope, id);
    this.name = id;
    this.sourceModelUri = sourceModelUri;
    const groups = nodeGroups.filter((group) => typeof group !== 'string');
    const small = groups.find(({ storageLimit }) => mebibytes(storageLimit.asString()) < mebibytes(modelSize.asString()));
    const twin = this.twin();
    const problems = [
      storageUriProblem(sourceModelUri),
      twin && `the cache ${twin.name} has the same URI ${sourceModelUri}; a model is cached once`,
      nodeGroups.length === 0 ? 'no nodes keep the model; give nodeGroups' : undefined,
      small && `the model takes ${modelSize.asString()}, the nodes of ${small.name} have ${small.storageLimit.asString()}`,
    ].filter((problem) => problem);
    if (problems.length > 0) throw new ConstructError(this.node.path, problems.join('; '));
    new KubeObject(this, 'Resource', localmodelcaches, {
      metadata: { name: id },
      spec: { sourceModelUri, modelSize: modelSize.asString(), nodeGroups: nodeGroups.map(nameOf) },
    });
  }

  private twin(): LocalModelCache | undefined {
    return this.node.root.node
      .findAll()
      .find(
        (node): node is LocalModelCache =>
          node instanceof LocalModelCache && node !== this && node.sourceModelUri === this.sourceModelUri,
      );
  }
}
