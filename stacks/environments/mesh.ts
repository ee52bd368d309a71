import { certManager, Existing, encryptedGateways, noCredentials, platformChecks } from 'cdk8s-kubeflow';
import type { Environment } from './environment';
import { production } from './production';

/** The production platform behind a mesh: users come through one gateway, by one name, encrypted; programs know each other. */
export const mesh: Environment = {
  platform: {
    ...production.platform,
    endpoint: {
      hosts: ['kubeflow.example.com', '*.models.example.com'],
      tls: { issuer: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
    },
    components: { istio: { ingress: 'LoadBalancer' }, ...production.platform.components },
    existing: { objects: [Existing.object(certManager.clusterissuers, 'letsencrypt')] },
  },
  checks: [...platformChecks, ...noCredentials, encryptedGateways],
};
