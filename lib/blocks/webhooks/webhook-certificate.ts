import type { Construct } from 'constructs';
import {
  mutatingwebhookconfigurations,
  validatingwebhookconfigurations,
} from '../../../crds-imports/admissionregistration.k8s.io';
import { type CertificateSpec, certificates } from '../../../crds-imports/cert-manager.io';
import { secrets } from '../../../crds-imports/core';
import { allow, declare } from '../../core';
import { INJECT_CA_FROM, INJECT_CA_FROM_SECRET } from '../../kinds/cert-manager';
import type { NamedPermissions } from '../roles/bound-roles';
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

/** Who needs a certificate, and the names of the configurations whose CA bundles go with it. */
export interface CertificateUser {
  /** Name of the program. */
  readonly name: string;
  readonly namespace: string;
  readonly mutating: readonly string[];
  readonly validating: readonly string[];
}

/** Names that the roles of a program have by which it keeps its certificate. */
export interface CertificateRoles {
  /** Of the Role and of the ClusterRole. @default - the program's, and `-webhook-certificate` */
  readonly role?: string;
  /** Of their bindings. @default - the roles' */
  readonly binding?: string;
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
  static writtenByController(secret: string, mountPath = SERVING_CERTS, names: CertificateRoles = {}): WebhookCertificate {
    return new WrittenByController(secret, mountPath, names);
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

  /** What the program may do to keep it: nothing where cert-manager does. */
  roles(_user: CertificateUser): NamedPermissions[] {
    return [];
  }

  /** Declares what the certificate needs. */
  abstract declare(scope: Construct, holder: CertificateHolder): void;

  /** How the program gets at the certificate. */
  abstract readonly volume: PodVolume | undefined;
}

class WrittenByController extends WebhookCertificate {
  constructor(
    private readonly secret: string,
    private readonly mountPath: string,
    private readonly names: CertificateRoles,
  ) {
    super();
  }

  /** It watches all Secrets of its namespace and all webhook configurations, and changes none but its own. */
  override roles({ name, namespace, mutating, validating }: CertificateUser): NamedPermissions[] {
    const { role = `${name}-webhook-certificate`, binding = role } = this.names;
    const configurations = [
      { kind: mutatingwebhookconfigurations, names: mutating },
      { kind: validatingwebhookconfigurations, names: validating },
    ].filter(({ names }) => names.length > 0);
    const keep = allow('get', 'update');
    const follow = allow('list', 'watch');
    return [
      {
        name: role,
        binding,
        permissions: [
          follow.on(...configurations.map(({ kind }) => kind)),
          ...configurations.map(({ kind, names }) => keep.on(kind).named(...names)),
        ],
      },
      { name: role, binding, namespace, permissions: [follow.on(secrets), keep.on(secrets).named(this.secret)] },
    ];
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
