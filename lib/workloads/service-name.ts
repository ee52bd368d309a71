import { DNS_1035_LABEL, problem } from '../core/names';
import { error } from '../core/rule';

/** The rule of a workload whose name becomes the name of a Service. */
export const SERVICE_NAME_RULE = error(
  'kubernetes/invalid-service-name',
  'The name becomes the name of a Service, which begins with a letter and has lower-case letters, digits and hyphens only.',
  ({ name }: { readonly name: string }) => problem(name, DNS_1035_LABEL),
);
