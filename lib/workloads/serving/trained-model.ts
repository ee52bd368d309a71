import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { trainedmodels } from '../../../crds-imports/serving.kserve.io';
import { KubeObject, Roster } from '../../core';
import type { ModelServer } from '../model-server';
import { mebibytes } from '../pod/memory';
import { enforce, type Rule } from '../rule';

/** Options of a trained model. */
export interface TrainedModelProps {
  /** The server that loads it, which has no model of its own; or the name of one that the cluster has. */
  readonly server: ModelServer | string;
  /** Framework of the model, for instance `sklearn`. */
  readonly framework: string;
  /** Where it is stored: `s3://`, `gs://`, `https://` or `http://`. */
  readonly storageUri: string;
  /** Memory that it takes in the server. It cannot be changed later. */
  readonly memory: Size;
}

/** A trained model as its rules see it. */
export interface TrainedModelFacts extends TrainedModelProps {
  readonly name: string;
  /** Memory of all models of the server, in MiB. */
  readonly together: number;
}

const predictorOf = ({ server }: TrainedModelFacts) => (typeof server === 'string' ? undefined : server.spec.predictor);

/** The rules of trained models. */
export const TRAINED_MODEL_RULES: readonly Rule<TrainedModelFacts>[] = [
  {
    id: 'TM-1',
    level: 'error',
    check: ({ name }) =>
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)
        ? undefined
        : `the name ${JSON.stringify(name)} is not lower-case letters, digits and "-", a letter or digit first and last`,
  },
  {
    id: 'TM-2',
    level: 'error',
    check: ({ storageUri }) =>
      /^(s3|gs|https|http):\/\/[^\s/]+\S*$/.test(storageUri)
        ? undefined
        : `the storage URI ${JSON.stringify(storageUri)} has none of the schemes s3://, gs://, https://, http://`,
  },
  {
    id: 'TM-3',
    level: 'error',
    check: (facts) => {
      const { model } = predictorOf(facts) ?? {};
      return (model?.storageUri ?? model?.storage) ? 'its server has a model of its own; take it away there' : undefined;
    },
  },
  {
    id: 'TM-4',
    level: 'error',
    check: (facts) => {
      const predictor = predictorOf(facts);
      const limits = (predictor?.model ?? predictor?.containers?.[0])?.resources?.limits;
      const memory = mebibytes(limits?.memory);
      return memory > 0 && facts.together > memory
        ? `the models of its server take ${facts.together}Mi of memory together, the server has ${memory}Mi`
        : undefined;
    },
  },
];

const models = new Roster<TrainedModel>('trained-models', (model) => model.server);

/**
 * One of several models that a server loads. The construct's id is its name.
 *
 * @see https://github.com/kserve/kserve/tree/v0.18.0/docs/MULTIMODELSERVING_GUIDE.md
 */
export class TrainedModel extends Construct {
  /** Name of the model. */
  readonly name: string;
  /** What loads it. */
  readonly server: TrainedModelProps['server'];
  private readonly memory: TrainedModelProps['memory'];

  /** @throws ConstructError with everything that KServe's webhook would refuse, or that would keep the server from loading it */
  constructor(scope: Construct, id: string, props: TrainedModelProps) {
    super(scope, id);
    this.name = id;
    this.server = props.server;
    this.memory = props.memory;
    models.add(this);
    enforce(this, TRAINED_MODEL_RULES, { ...props, name: id, together: this.together() });
    const { server, framework, storageUri, memory } = props;
    new KubeObject(this, 'Resource', trainedmodels, {
      metadata: { name: id },
      spec: {
        inferenceService: typeof server === 'string' ? server : server.name,
        model: { framework, storageUri, memory: memory.asString() },
      },
    });
  }

  private together(): number {
    return models.having(this, this.server).reduce((sum, { memory }) => sum + mebibytes(memory.asString()), 0);
  }
}
