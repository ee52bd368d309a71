import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { trainedmodels } from '../../../../crds-imports/serving.kserve.io';
import { KubeObject, Roster } from '../../../core';
import { enforce } from '../../../core/rule';
import type { ObjectOptions } from '../../named';
import { objectMetadata } from '../../object-metadata';
import { mebibytes } from '../../pod/memory';
import type { ModelServer } from './model-server';
import { TRAINED_MODEL_RULES } from './trained-model-rules';

/** Options of a trained model. */
export interface TrainedModelProps extends ObjectOptions {
  /** The server that loads it, which has no model of its own; or the name of one that the cluster has. */
  readonly server: ModelServer | string;
  /** Framework of the model, for instance `sklearn`. */
  readonly framework: string;
  /** Where it is stored: `s3://`, `gs://`, `https://` or `http://`. */
  readonly storageUri: string;
  /** Memory that it takes in the server. It cannot be changed later. */
  readonly memory: Size;
}

const models = new Roster<TrainedModel>('trained-models', (model) => model.server);

/**
 * One of several models that a server loads. The construct's id is its name, unless `name` says it.
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
    const { name = id } = props;
    this.name = name;
    this.server = props.server;
    this.memory = props.memory;
    models.add(this);
    enforce(this, TRAINED_MODEL_RULES, { ...props, name, together: this.together() });
    const { server, framework, storageUri, memory } = props;
    new KubeObject(this, 'Resource', trainedmodels, {
      metadata: objectMetadata(name, props),
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
