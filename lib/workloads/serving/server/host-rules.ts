import { DNS_LABEL } from '../../../core/names';
import { error, type Rule } from '../../../core/rule';
import { partsOf, type ServerFacts } from './facts';
import { serviceHost } from './hosts';

/** What Knative puts before the name of a Service whose revisions have addresses of their own. */
const TAG = 'latest-';

/** The rules of host names. */
export const HOST_RULES: readonly Rule<ServerFacts>[] = [
  error(
    'kserve/host-too-long',
    'Hosts are made of the names of the server and its namespace, and a part of a host has 63 characters at most.',
    (facts) => {
      const { namespace, mode } = facts;
      const tag = facts.annotations['serving.kserve.io/enable-tag-routing'] === 'true' ? TAG : '';
      const names = partsOf(facts).map((part) => `${mode === 'Knative' ? tag : ''}${facts.name}-${part.name}`);
      const labels = names.flatMap((name) => [name, ...serviceHost({ name, namespace, mode }, facts.cluster).split('.')]);
      const [longest = ''] = labels.sort((a, b) => b.length - a.length);
      return longest.length > DNS_LABEL.length
        ? `the name is ${longest.length - DNS_LABEL.length} characters too long: a host is called ${longest}, with at most ${DNS_LABEL.length}`
        : undefined;
    },
  ),
];
