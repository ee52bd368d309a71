import type { Construct } from 'constructs';
import { type CertificateSpec, certificates } from '../../../crds-imports/cert-manager.io';
import { secrets } from '../../../crds-imports/core';
import { declare } from '../../core';
import { INJECT_CA_FROM, INJECT_CA_FROM_SECRET } from '../../kinds/cert-manager';
import { PodVolume } from '../server/pod-volume';

/** Folder in which controller-runtime expects a webhook server's certificate. */
export const SERVING_CERTS = '/tmp/k8s-webhook-server/serving-certs';

/** Where a webhook server runs, and what leads to it. */
export interface CertificateHolder {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the Service, which the certificate is for. */
  readonly service: string;
}

/** Options of a certificate that cert-manager issues. */
export interface IssuedCertificate {
  /** Name of the Certificate. */
  readonly name: string;
  /** Name of the Secret that it writes. */
  readonly secret: string;
  readonly issuer: CertificateSpec['issuerRef'];
  /** Whether the certificate may sign others. @default false */
  readonly isCA?: boolean;
  /** Suffixes of the Service's DNS names. @default - `svc` */
  readonly dnsSuffixes?: readonly string[];
  /** @default SERVING_CERTS */
  readonly mountPath?: string;
}

/** Where the certificate of a webhook server comes from, and how the API server learns its CA. */
export abstract class WebhookCertificate {
  /**
   * The program makes its own certificate, keeps it in a Secret that it mounts, and writes the CA bundles itself.
   *
   * @param secret which has to exist, empty, before the program starts
   */
  static writtenByController(secret: string, mountPath = SERVING_CERTS): WebhookCertificate {
    return new WrittenByController(secret, mountPath);
  }

  /** The program makes its own CA in a Secret; cert-manager's CA injector copies it into the CA bundles. */
  static injectedFromSecret(secret: string): WebhookCertificate {
    return new InjectedFromSecret(secret);
  }

  /** cert-manager issues the certificate and copies its CA into the CA bundles. */
  static issued(options: IssuedCertificate): WebhookCertificate {
    return new Issued(options);
  }

  /** Annotations of everything that has a CA bundle: webhook configurations, definitions with a conversion webhook. */
  abstract annotations(namespace: string): Readonly<Record<string, string>> | undefined;

  /** Declares what the certificate needs. */
  abstract declare(scope: Construct, holder: CertificateHolder): void;

  /** How the program gets at the certificate. */
  abstract readonly volume: PodVolume | undefined;
}

class WrittenByController extends WebhookCertificate {
  constructor(
    private readonly secret: string,
    private readonly mountPath: string,
  ) {
    super();
  }

  override annotations(): undefined {
    return undefined;
  }

  override declare(scope: Construct, { namespace, labels }: CertificateHolder): void {
    // Without data, so that applying it again does not take away what the program wrote.
    declare(scope, secrets, { metadata: { name: this.secret, namespace, labels }, type: 'Opaque' });
  }

  override get volume() {
    return PodVolume.secret(this.secret, this.mountPath, 'cert');
  }
}

class InjectedFromSecret extends WebhookCertificate {
  override readonly volume = undefined;

  constructor(private readonly secret: string) {
    super();
  }

  override annotations(namespace: string) {
    return { [INJECT_CA_FROM_SECRET]: `${namespace}/${this.secret}` };
  }

  override declare(): void {}
}

class Issued extends WebhookCertificate {
  constructor(private readonly options: IssuedCertificate) {
    super();
  }

  override annotations(namespace: string) {
    return { [INJECT_CA_FROM]: `${namespace}/${this.options.name}` };
  }

  override declare(scope: Construct, { namespace, labels, service }: CertificateHolder): void {
    const { name, secret, issuer, isCA, dnsSuffixes = ['svc'] } = this.options;
    const dnsNames = dnsSuffixes.map((suffix) => `${service}.${namespace}.${suffix}`);
    declare(scope, certificates, {
      metadata: { name, namespace, labels },
      spec: { secretName: secret, issuerRef: issuer, commonName: dnsNames[0], dnsNames, ...(isCA && { isCA }) },
    });
  }

  override get volume() {
    return PodVolume.secret(this.options.secret, this.options.mountPath ?? SERVING_CERTS, 'cert');
  }
}
