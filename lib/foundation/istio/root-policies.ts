import type { Construct } from 'constructs';
import { sidecars } from '../../../crds-imports/networking.istio.io';
import { authorizationpolicies, peerauthentications } from '../../../crds-imports/security.istio.io';
import { declare } from '../../core';
import { ROOT } from './names';

/**
 * What holds for every pod of the mesh, unless a policy of its own says more: it takes encrypted connections alone, it lets nobody in,
 * and it knows of the namespaces that the platform calls.
 *
 * @param members namespaces of the platform's servers in the mesh, asked for at synthesis
 */
export function rootPolicies(scope: Construct, members: () => readonly string[]): void {
  declare(scope, peerauthentications, { metadata: { name: 'default', namespace: ROOT }, spec: { mtls: { mode: 'STRICT' } } });
  // A policy without rules matches nothing; where there is one, what no other matches is refused.
  declare(scope, authorizationpolicies, { metadata: { name: 'global-deny-all', namespace: ROOT }, spec: {} });
  declare(scope, sidecars, {
    metadata: { name: 'default', namespace: ROOT },
    spec: {
      egress: [
        {
          get hosts() {
            return ['./*', ...members().map((namespace) => `${namespace}/*`)];
          },
        },
      ],
    },
  });
}
