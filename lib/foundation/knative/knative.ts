import type { IConstruct } from 'constructs';
import * as serving from '../../../crds-imports/serving.knative.dev';
import { having } from '../../blocks/network/network-policy';
import { KNATIVE, type KnativeServing, NAMESPACE_CALLERS, type NamespaceCaller } from '../../contracts';
import { Existing, type Kind, World } from '../../core';

/** Kinds that it defines. */
export const KINDS: readonly Kind[] = Object.values(serving);

const NAMESPACE = 'knative-serving';

/**
 * The activator and the autoscaler, which hand requests on to the queue proxy of a server's pods and read what it measures.
 *
 * @see https://github.com/knative/serving/blob/main/pkg/networking/constants.go
 */
const KNATIVE_CALLER: NamespaceCaller = {
  policy: 'knative-serving-to-revisions',
  peers: [{ namespaceSelector: having({ 'kubernetes.io/metadata.name': NAMESPACE }) }],
  pods: { matchExpressions: [{ key: 'serving.knative.dev/revision', operator: 'Exists' }] },
  ports: [8012, 8013, 8112, 8022, 9090],
};

/** Knative Serving, with which KServe runs models in the mode Knative. */
export const Knative = {
  /** Says that the cluster has it and how it is configured, to everything below a construct. */
  existing(scope: IConstruct, knative: KnativeServing = {}): void {
    World.declare(scope, Existing.kinds(...KINDS), Existing.namespace(NAMESPACE));
    KNATIVE.offer(scope, knative);
    NAMESPACE_CALLERS.offer(scope, KNATIVE_CALLER);
  },
};
