import type { IssuerReference } from '../../blocks/platform-context';

/** The self-signing issuer that comes with the platform's cert-manager. */
export const SELF_SIGNING: IssuerReference = { kind: 'ClusterIssuer', name: 'kubeflow-self-signing-issuer' };
