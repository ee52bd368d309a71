import type { IConstruct } from 'constructs';
import { KNATIVE, type KnativeServing, SERVING, type Serving } from '../../contracts';

/** What servers find in their cluster: its KServe, and the Knative that it runs them with. */
export interface Cluster extends Partial<Serving> {
  readonly knative: KnativeServing;
}

/** What a construct finds: the nearest offers, or else the only ones of the app. */
export function clusterOf(construct: IConstruct): Cluster {
  return { ...SERVING.of(construct), knative: KNATIVE.of(construct) ?? {} };
}
