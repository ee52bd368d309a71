import type { IConstruct } from 'constructs';
import * as serving from '../../../crds-imports/serving.knative.dev';
import { KNATIVE, type KnativeServing } from '../../contracts';
import { Existing, World } from '../../core';

/** Knative Serving, with which KServe runs models in the mode Knative. */
export const Knative = {
  /** Says that the cluster has it and how it is configured, to everything below a construct. */
  existing(scope: IConstruct, knative: KnativeServing = {}): void {
    World.declare(scope, Existing.kinds(...Object.values(serving)), Existing.namespace('knative-serving'));
    KNATIVE.offer(scope, knative);
  },
};
