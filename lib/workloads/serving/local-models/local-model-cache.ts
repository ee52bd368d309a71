import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { localmodelcaches } from '../../../../crds-imports/serving.kserve.io';
import { KubeObject, Roster } from '../../../core';
import { enforce } from '../../../core/rule';
import type { ObjectOptions } from '../../named';
import { objectMetadata } from '../../object-metadata';
import { nameOf } from '../../pod/env';
import { clusterOf } from '../cluster';
import type { StorageCredentials } from '../storage/storage-credentials';
import type { LocalModelNodeGroup } from './local-model-node-group';
import { LOCAL_MODEL_RULES } from './rules';

/** Options of a cached model. */
export interface LocalModelCacheProps extends ObjectOptions {
  /** Where the model is loaded from; servers with the same URI use the cache. */
  readonly sourceModelUri: string;
  /** Disk that the model takes. */
  readonly modelSize: Size;
  /** Groups of nodes that keep it, at least one; or their names in the cluster. */
  readonly nodeGroups: readonly (LocalModelNodeGroup | string)[];
  /** Access to the model's store, for the Jobs that load it; in the namespace of those Jobs. @default - none */
  readonly credentials?: StorageCredentials;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
}

const caches = new Roster<LocalModelCache>('local-model-caches', (cache) => cache.sourceModelUri);

/**
 * A model that nodes keep on their disks, so that servers start without loading it. The construct's id is its name. It needs KServe's
 * node agent, which KServe installs with its option `localModel`. Give it to a model as its source: `Model.huggingface(cache)`.
 *
 * @see https://kserve.github.io/website/docs/model-serving/generative-inference/modelcache/localmodel
 */
export class LocalModelCache extends Construct {
  /** Name of the cache. */
  readonly name: string;
  /** Where the model is loaded from. */
  readonly sourceModelUri: string;

  /** @throws ConstructError when the URI is no model's or another cache has it, or when the model does not fit on a group's disks */
  constructor(scope: Construct, id: string, props: LocalModelCacheProps) {
    super(scope, id);
    const { name = id } = props;
    this.name = name;
    const { sourceModelUri, modelSize, nodeGroups, credentials } = props;
    this.sourceModelUri = sourceModelUri;
    caches.add(this);
    const facts = { ...props, twins: this.twins(), kept: clusterOf(this).localModels };
    enforce(this, LOCAL_MODEL_RULES, facts, props.acknowledge);
    new KubeObject(this, 'Resource', localmodelcaches, {
      metadata: objectMetadata(name, props),
      spec: {
        sourceModelUri,
        modelSize: modelSize.asString(),
        nodeGroups: nodeGroups.map(nameOf),
        ...(credentials && { serviceAccountName: credentials.name }),
      },
    });
  }

  private twins(): string[] {
    const same = caches.having(this, this.sourceModelUri).filter((cache) => cache !== this);
    return same.map(({ name }) => name);
  }
}
