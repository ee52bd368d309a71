import { Contract } from '../core';

/** Who signs certificates. */
export interface IssuerReference {
  readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly name: string;
}

/** Who signs the platform's certificates; offered by cert-manager, installed or existing. */
export const ISSUER = new Contract<IssuerReference>('an issuer of certificates');
