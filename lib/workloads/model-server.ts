import { Construct } from 'constructs';
import { inferenceservices } from '../../crds-imports/serving.kserve.io';
import { ConstructError, KubeObject } from '../core';
import { DNS_LABEL, problem } from '../core/names';
import type { Model } from './model';
import { type Resources, requirements } from './pod/resources';
import type { Scale } from './scale';

/** Options of a model server. */
export interface ModelServerProps {
  /** The model that is served. */
  readonly model: Model;
  /**
   * Between how many replicas it scales.
   *
   * @default - what KServe does by itself: one replica
   */
  readonly scale?: Scale;
  /**
   * Resources of each replica.
   *
   * @default - those of the serving runtime
   */
  readonly resources?: Resources;
}

/**
 * A served model. The construct's id is its name.
 *
 * @see https://kserve.github.io/website/
 */
export class ModelServer extends Construct {
  /** Name of the server. */
  readonly name: string;

  /** @throws ConstructError when the name is not allowed */
  constructor(scope: Construct, id: string, props: ModelServerProps) {
    super(scope, id);
    this.name = id;
    const wrong = /^[0-9]/.test(id)
      ? `the name ${JSON.stringify(id)} begins with a digit; a server's name begins with a letter`
      : problem(id, DNS_LABEL);
    if (wrong) throw new ConstructError(this.node.path, wrong);
    const { model, scale, resources } = props;
    new KubeObject(this, 'Resource', inferenceservices, {
      metadata: { name: id },
      spec: {
        predictor: {
          ...(scale && { minReplicas: scale.min, maxReplicas: scale.max }),
          model: {
            modelFormat: { name: model.format },
            storageUri: model.uri,
            ...(resources && { resources: requirements(resources) }),
          },
        },
      },
    });
  }
}
