import type { IssuerReference } from '../../contracts';

/** The self-signing issuer that comes with the platform's cert-manager. */
export const SELF_SIGNING: IssuerReference = { kind: 'ClusterIssuer', name: 'kubeflow-self-signing-issuer' };
