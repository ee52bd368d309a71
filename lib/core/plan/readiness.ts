import type { Facts } from '../facts/facts';
import type { Manifest } from '../manifest';

/** What has to be true of an object before another one may be applied. */
export interface Readiness {
  /**
   * What plan.json calls it.
   *
   * - `Applied`: the object is in the cluster
   * - `CABundle`: it has the CA with which the API server trusts the server that it tells of
   * - what its kind calls being ready: `Established`, `Available`
   */
  readonly state: string;
  /** What `kubectl wait --for` takes; undefined when there is nothing to wait for. */
  readonly condition?: string;
}

/** One call of `kubectl wait`: `kubectl wait --for=<for> <resource>/<name> -n <namespace>`. */
export interface Wait {
  /** `resource.group`, as kubectl takes it. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name: string;
  readonly for: string;
}

export const APPLIED: Readiness = { state: 'Applied' };

/** When an object is ready for those that rely on it. */
export function readyOf(object: Manifest, facts: Facts): Readiness {
  const { ready } = facts.of(object);
  return ready ? { state: ready.state, condition: ready.condition(object) } : APPLIED;
}

/** When an object has its CA bundle; one program writes the bundles of all webhooks of a configuration. */
export function bundleOf(object: Manifest, facts: Facts): Readiness {
  const { caBundle } = facts.of(object);
  return caBundle ? { state: 'CABundle', condition: `jsonpath={.${caBundle.replace('[*]', '[0]')}}` } : APPLIED;
}
