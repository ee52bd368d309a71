import { error, type Rule, warning } from '../../../core/rule';
import { mebibytes } from '../../pod/memory';
import { storageUriProblem } from '../storage/storage';
import type { LocalModelCacheProps } from './local-model-cache';

/** A cached model as its rules see it. */
export interface LocalModelFacts extends LocalModelCacheProps {
  /** Names of other caches of the same model. */
  readonly twins: readonly string[];
  /** Whether nodes keep models at all; undefined where nobody knows. */
  readonly kept: boolean | undefined;
}

/** The rules of cached models. */
export const LOCAL_MODEL_RULES: readonly Rule<LocalModelFacts>[] = [
  error(
    'kserve/unknown-cache-scheme',
    "The node agent loads models by URIs of the schemes that KServe's storage containers serve.",
    ({ sourceModelUri }) => storageUriProblem(sourceModelUri),
  ),
  error(
    'kserve/model-cached-twice',
    'KServe finds the cache of a model by its URI, so a model has one.',
    ({ twins, sourceModelUri }) =>
      twins.length > 0 ? `the cache ${twins.join(', ')} has the same URI ${sourceModelUri}; a model is cached once` : undefined,
  ),
  error('kserve/cache-without-nodes', 'A cache that no group of nodes keeps loads nothing.', ({ nodeGroups }) =>
    nodeGroups.length === 0 ? 'no nodes keep the model; give nodeGroups' : undefined,
  ),
  error(
    'kserve/model-larger-than-disk',
    'A model that is larger than the disks of a group is never loaded there.',
    ({ nodeGroups, modelSize }) => {
      const groups = nodeGroups.filter((group) => typeof group !== 'string');
      const small = groups.find(({ storageLimit }) => mebibytes(storageLimit.asString()) < mebibytes(modelSize.asString()));
      return small && `the model takes ${modelSize.asString()}, the nodes of ${small.name} have ${small.storageLimit.asString()}`;
    },
  ),
  warning('kserve/cache-without-agent', "Without KServe's node agent nobody loads the cached model.", ({ kept }) =>
    kept === false
      ? "the platform's KServe keeps no models on nodes, so nobody loads it; say localModel: {} of KServe, or localModels: true of KServe.existing where its agent is there"
      : undefined,
  ),
];
