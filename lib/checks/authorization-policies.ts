import type { AuthorizationPolicy, Rule, Source } from '../../crds-imports/security.istio.io';
import type { Labels, Manifest, ObjectModel } from '../core';
import type { CallingPods } from './network-policies';

/** Pods that call others inside of a mesh. */
export interface IdentifiedPods extends CallingPods {
  /** Their SPIFFE identity without the scheme. @default - nobody knows it, so it may be what a policy asks for */
  readonly principal?: string;
}

/** Where policies of the whole mesh are. */
const ROOT = 'istio-system';

/** The AuthorizationPolicies of a model. @see https://istio.io/latest/docs/concepts/security/#implicit-enablement */
export class AuthorizationPolicies {
  private readonly policies: readonly AuthorizationPolicy[];

  constructor({ manifests }: ObjectModel) {
    this.policies = manifests.filter(({ kind }) => kind === 'AuthorizationPolicy') as unknown as AuthorizationPolicy[];
  }

  /**
   * Whether a caller may get through to a port of pods. What only a request shows decides for the caller: paths, headers, tokens.
   *
   * @param workload of the pods
   * @param labels of the pods
   */
  admit(caller: IdentifiedPods, workload: Manifest, labels: Labels, port: number): boolean {
    const specs = this.policies
      .filter(({ metadata }) => metadata.namespace === workload.metadata.namespace || metadata.namespace === ROOT)
      .map(({ spec }) => spec ?? {})
      .filter(({ selector, targetRef, targetRefs }) => !targetRef && !targetRefs && isSelected(selector?.matchLabels, labels));
    const of = (action: string) => specs.filter((spec) => (spec.action ?? 'ALLOW') === action);
    if (of('DENY').some(({ rules = [] }) => rules.some((rule) => isForAll(rule, port)))) return false;
    const allowing = of('ALLOW');
    return allowing.length === 0 || allowing.some(({ rules = [] }) => rules.some((rule) => mayMatch(rule, caller, port)));
  }
}

function isSelected(wanted: Labels = {}, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** Whether a rule is about every request to a port, whoever sends it. */
function isForAll({ from, to, when }: Rule, port: number): boolean {
  return (
    !from &&
    !when &&
    (!to ||
      to.some(({ operation = {} }) => {
        const { ports, ...others } = operation;
        return Object.keys(others).length === 0 && (!ports || ports.includes(String(port)));
      }))
  );
}

function mayMatch({ from, to }: Rule, caller: IdentifiedPods, port: number): boolean {
  return (
    (!from || from.some(({ source = {} }) => mayBe(source, caller))) &&
    (!to ||
      to.some(({ operation: { ports, notPorts = [] } = {} }) => {
        return (!ports || ports.includes(String(port))) && !notPorts.includes(String(port));
      }))
  );
}

function mayBe(source: Source, { namespace, principal }: IdentifiedPods): boolean {
  const { principals, notPrincipals = [], namespaces, notNamespaces = [] } = source;
  return (
    (!namespaces || isAmong(namespaces, namespace)) &&
    !isAmong(notNamespaces, namespace) &&
    (principal === undefined || ((!principals || isAmong(principals, principal)) && !isAmong(notPrincipals, principal)))
  );
}

/** Patterns have a `*` at one end at most. */
function isAmong(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*')
      ? text.startsWith(pattern.slice(0, -1))
      : pattern.startsWith('*')
        ? text.endsWith(pattern.slice(1))
        : pattern === text,
  );
}
