import { error, type Rule } from '../../../core/rule';
import type { ServerFacts } from './facts';

const VISIBILITY = ['networking.knative.dev/visibility', 'networking.kserve.io/visibility'];

/** Whether only the cluster reaches a server, as its labels say; undefined where the gateway does too. */
export function visibilityOf(labels: Readonly<Record<string, string>>): 'cluster-local' | undefined {
  return VISIBILITY.some((label) => labels[label] === 'cluster-local') ? 'cluster-local' : undefined;
}

/** The rules of who reaches a server. */
export const EXPOSURE_RULES: readonly Rule<ServerFacts>[] = [
  error(
    'kserve/exposed-in-cluster',
    'A server that only the cluster reaches cannot be reached from outside, whatever lets it pass.',
    ({ exposed, labels }) =>
      exposed && visibilityOf(labels)
        ? 'it is exposed, but its visibility is cluster-local, so nobody outside reaches it; leave out visibility or expose'
        : undefined,
  ),
];
