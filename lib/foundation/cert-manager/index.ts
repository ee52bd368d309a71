export { CertManager, type CertManagerProps, type ExistingCertManager } from './cert-manager';
export { SELF_SIGNING } from './issuer';
