import { ISSUER, type Product } from '../../contracts';
import { CertManager, type CertManagerProps, type ExistingCertManager, KINDS } from './cert-manager';
import { SELF_SIGNING } from './issuer';

/** cert-manager, as a platform takes it. */
export const CERT_MANAGER: Product<CertManagerProps, ExistingCertManager> = {
  id: 'cert-manager',
  offer: (platform) => ISSUER.offer(platform, SELF_SIGNING),
  install: (platform, id, props) => new CertManager(platform, id, props),
  defines: KINDS,
  existing: (scope, existing) => CertManager.existing(scope, existing),
};
