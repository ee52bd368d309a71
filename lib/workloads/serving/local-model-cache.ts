import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { localmodelcaches } from '../../../crds-imports/serving.kserve.io';
import { KubeObject, Roster } from '../../core';
import { nameOf } from '../pod/env';
import { mebibytes } from '../pod/memory';
import { enforce, type Rule } from '../rule';
import type { LocalModelNodeGroup } from './local-model-node-group';
import { ServingCluster } from './serving-cluster';
import { storageUriProblem } from './storage';
import type { StorageCredentials } from './storage-credentials';

/** Options of a cached model. */
export interface LocalModelCacheProps {
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

/** A cached model as its rules see it. */
export interface LocalModelFacts extends LocalModelCacheProps {
  /** Names of other caches of the same model. */
  readonly twins: readonly string[];
  /** Whether nodes keep models at all; undefined where nobody knows. */
  readonly kept: boolean | undefined;
}

/** The rules of cached models. */
export const LOCAL_MODEL_RULES: readonly Rule<LocalModelFacts>[] = [
  { id: 'LM-1', level: 'error', check: ({ sourceModelUri }) => storageUriProblem(sourceModelUri) },
  {
    id: 'LM-2',
    level: 'error',
    check: ({ twins, sourceModelUri }) =>
      twins.length > 0 ? `the cache ${twins.join(', ')} has the same URI ${sourceModelUri}; a model is cached once` : undefined,
  },
  {
    id: 'LM-3',
    level: 'error',
    check: ({ nodeGroups }) => (nodeGroups.length === 0 ? 'no nodes keep the model; give nodeGroups' : undefined),
  },
  {
    id: 'LM-4',
    level: 'error',
    check: ({ nodeGroups, modelSize }) => {
      const groups = nodeGroups.filter((group) => typeof group !== 'string');
      const small = groups.find(({ storageLimit }) => mebibytes(storageLimit.asString()) < mebibytes(modelSize.asString()));
      return small && `the model takes ${modelSize.asString()}, the nodes of ${small.name} have ${small.storageLimit.asString()}`;
    },
  },
  {
    id: 'LM-agent',
    level: 'warning',
    check: ({ kept }) =>
      kept === false
        ? "the platform's KServe keeps no models on nodes, so nobody loads it; say localModel: {} of KServe, or localModels: true in ServingCluster.declare where its agent is there"
        : undefined,
  },
];

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
    this.name = id;
    const { sourceModelUri, modelSize, nodeGroups, credentials } = props;
    this.sourceModelUri = sourceModelUri;
    caches.add(this);
    const facts = { ...props, twins: this.twins(), kept: ServingCluster.of(this).localModels };
    enforce(this, LOCAL_MODEL_RULES, facts, props.acknowledge);
    new KubeObject(this, 'Resource', localmodelcaches, {
      metadata: { name: id },
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
