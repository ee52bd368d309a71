/** Who signs the certificates of the platform. */
export interface IssuerReference {
  readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly name: string;
}

/** The self-signing issuer that comes with the platform. */
export const SELF_SIGNING: IssuerReference = { kind: 'ClusterIssuer', name: 'kubeflow-self-signing-issuer' };
