import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { PersistentVolumeClaimSpec, PersistentVolumeSpec } from '../../../../crds-imports/core';
import { localmodelnodegroups } from '../../../../crds-imports/serving.kserve.io';
import { KubeObject } from '../../../core';
import type { ObjectOptions } from '../../named';
import { objectMetadata } from '../../object-metadata';

/** Options of a group of nodes. */
export interface LocalModelNodeGroupProps extends ObjectOptions {
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
    const { name = id } = props;
    this.name = name;
    this.storageLimit = props.storageLimit;
    new KubeObject(this, 'Resource', localmodelnodegroups, {
      metadata: objectMetadata(name, props),
      spec: {
        storageLimit: props.storageLimit.asString(),
        persistentVolumeSpec: props.persistentVolume,
        persistentVolumeClaimSpec: props.persistentVolumeClaim,
      },
    });
  }
}
