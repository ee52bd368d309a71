import type { ObjectModel, Rule } from '../core';
import { gatewayCertificates } from './gateway-certificates';
import { meshPaths } from './mesh-paths';
import { meshPods } from './mesh-pods';
import { meshPolicies } from './mesh-policies';
import { meshRoutes } from './mesh-routes';
import { webhookPaths } from './network-paths';
import { podHygiene } from './pod-hygiene';
import { podSecurity } from './pod-security/pod-security';
import { policySelectors } from './policy-selectors';
import { aggregatingRoles } from './roles';

export { noCredentials } from './credentials';
export { gatewayCertificates } from './gateway-certificates';
export { meshPaths } from './mesh-paths';
export { meshPods } from './mesh-pods';
export { encryptedGateways, meshPolicies } from './mesh-policies';
export { meshRoutes } from './mesh-routes';
export { webhookPaths } from './network-paths';
export { podHygiene } from './pod-hygiene';
export { podSecurity } from './pod-security/pod-security';
export { policySelectors } from './policy-selectors';
export { aggregatingRoles } from './roles';

/** The rules that every platform is held to. */
export const platformChecks: readonly Rule<ObjectModel>[] = [
  aggregatingRoles,
  gatewayCertificates,
  ...meshPaths,
  ...meshPods,
  ...meshPolicies,
  ...meshRoutes,
  ...podHygiene,
  policySelectors,
  webhookPaths,
];

/** The rules that every model is held to, whatever others it is given. */
export const standingChecks: readonly Rule<ObjectModel>[] = [...podSecurity];
