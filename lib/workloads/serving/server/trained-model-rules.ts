import { error, type Rule } from '../../../core/rule';
import { mebibytes } from '../../pod/memory';
import type { TrainedModelProps } from './trained-model';

/** A trained model as its rules see it. */
export interface TrainedModelFacts extends TrainedModelProps {
  readonly name: string;
  /** Memory of all models of the server, in MiB. */
  readonly together: number;
}

const predictorOf = ({ server }: TrainedModelFacts) => (typeof server === 'string' ? undefined : server.spec.predictor);

/** The rules of trained models. */
export const TRAINED_MODEL_RULES: readonly Rule<TrainedModelFacts>[] = [
  error(
    'kserve/invalid-trained-model-name',
    "KServe's webhook takes names of lower-case letters, digits and hyphens.",
    ({ name }) =>
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)
        ? undefined
        : `the name ${JSON.stringify(name)} is not lower-case letters, digits and "-", a letter or digit first and last`,
  ),
  error(
    'kserve/unknown-trained-model-scheme',
    'The agent of a server with several models loads from these schemes only.',
    ({ storageUri }) =>
      /^(s3|gs|https|http):\/\/[^\s/]+\S*$/.test(storageUri)
        ? undefined
        : `the storage URI ${JSON.stringify(storageUri)} has none of the schemes s3://, gs://, https://, http://`,
  ),
  error('kserve/server-with-own-model', 'A server that has a model of its own takes no further ones.', (facts) => {
    const { model } = predictorOf(facts) ?? {};
    return (model?.storageUri ?? model?.storage) ? 'its server has a model of its own; take it away there' : undefined;
  }),
  error(
    'kserve/models-larger-than-server',
    'Models that need more memory together than their server has stay unloaded.',
    (facts) => {
      const predictor = predictorOf(facts);
      const limits = (predictor?.model ?? predictor?.containers?.[0])?.resources?.limits;
      const memory = mebibytes(limits?.memory);
      return memory > 0 && facts.together > memory
        ? `the models of its server take ${facts.together}Mi of memory together, the server has ${memory}Mi`
        : undefined;
    },
  ),
];
