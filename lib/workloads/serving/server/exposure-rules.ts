import { error, type Rule } from '../../../core/rule';
import type { ServerFacts } from './facts';

const VISIBILITY = ['networking.knative.dev/visibility', 'networking.kserve.io/visibility'];

/** The rules of who reaches a server. */
export const EXPOSURE_RULES: readonly Rule<ServerFacts>[] = [
  error(
    'kserve/exposed-in-cluster',
    'A server that only the cluster reaches cannot be reached from outside, whatever lets it pass.',
    ({ exposed, labels }) =>
      exposed && VISIBILITY.some((label) => labels[label] === 'cluster-local')
        ? 'it is exposed, but its visibility is cluster-local, so nobody outside reaches it; leave out visibility or expose'
        : undefined,
  ),
];
