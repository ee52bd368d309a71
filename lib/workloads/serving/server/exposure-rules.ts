import type { Rule } from '../../rule';
import type { ServerFacts } from './facts';

const VISIBILITY = ['networking.knative.dev/visibility', 'networking.kserve.io/visibility'];

/** The rules of who reaches a server. */
export const EXPOSURE_RULES: readonly Rule<ServerFacts>[] = [
  {
    id: 'MS-exposure',
    level: 'error',
    check: ({ exposed, labels }) =>
      exposed && VISIBILITY.some((label) => labels[label] === 'cluster-local')
        ? 'it is exposed, but its visibility is cluster-local, so nobody outside reaches it; leave out visibility or expose'
        : undefined,
  },
];
