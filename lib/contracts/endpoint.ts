import { Duration } from 'cdk8s';
import { Contract, RANGES, rangeProblems } from '../core';
import { DNS_SUBDOMAIN, problem } from '../core/names';
import type { IssuerReference } from './issuer';

/** Where the certificate of the platform's address comes from. */
export type EndpointTls =
  | {
      /** Who signs it, by cert-manager. */
      readonly issuer: IssuerReference;
    }
  | {
      /** Secret of the type `kubernetes.io/tls` that has it, beside the pods of the gateway. */
      readonly secret: string;
    };

/** The address under which users reach a platform. */
export interface EndpointOptions {
  /**
   * Host names, at least one; links are made with the first. A further one may begin with `*.`: models are served below it, each under
   * a name of its own. With the TLS `none` the gateway answers under any name, as it has to on a laptop.
   */
  readonly hosts: readonly string[];

  /** Certificate of the host names; `none` for HTTP alone, where everybody on the way reads passwords and cookies. */
  readonly tls: EndpointTls | 'none';

  /**
   * Port that users see, where a port-forward, a node port or something before the gateway changes it; 1 to 65535.
   *
   * @default - 443 with TLS, 80 without
   */
  readonly port?: number;

  /**
   * What HTTP is answered with where there is TLS: the way to HTTPS, or nothing.
   *
   * @default 'redirect'
   */
  readonly http?: 'redirect' | 'closed';

  /**
   * How long browsers remember that the address is reached by HTTPS alone (HSTS); whole seconds. `none` where the certificate may be
   * replaced by HTTP again.
   *
   * @default - one year with TLS
   */
  readonly strictTransport?: Duration | 'none';
}

/** The address of a platform, with every default filled in: everything that speaks of the outside is made from it. */
export class Endpoint {
  /** Host names, the first of which links are made with. */
  readonly hosts: readonly string[];
  /** Where the certificate comes from; undefined without TLS. */
  readonly tls: EndpointTls | undefined;
  /** Port that users see. */
  readonly port: number;
  /** What HTTP is answered with where there is TLS. */
  readonly http: 'redirect' | 'closed';
  /** Seconds for which browsers remember that there is TLS; undefined for not at all. */
  readonly strictTransportSeconds: number | undefined;

  /** Reads the options, which may be wrong: see `problems`. */
  constructor({ hosts, tls, port, http = 'redirect', strictTransport }: EndpointOptions) {
    this.hosts = hosts;
    this.tls = tls === 'none' ? undefined : tls;
    this.port = port ?? (this.tls ? 443 : 80);
    this.http = http;
    const remembered = strictTransport ?? (this.tls ? Duration.days(365) : 'none');
    this.strictTransportSeconds = remembered === 'none' ? undefined : remembered.toSeconds({ integral: false });
  }

  /** Whether users come by HTTPS: cookies may be `Secure` then, and have to be. */
  get isSecure(): boolean {
    return this.tls !== undefined;
  }

  get scheme(): 'http' | 'https' {
    return this.isSecure ? 'https' : 'http';
  }

  /** The host name that links are made with. */
  get host(): string {
    return this.hosts[0] ?? '';
  }

  /** Domain below which models have host names of their own: that of the first `*.`, or else the host name itself. */
  get modelDomain(): string {
    return this.hosts.find((host) => host.startsWith(ANY))?.slice(ANY.length) ?? this.host;
  }

  /** Where links begin, without a `/` at the end: `https://kubeflow.example.com`, `http://localhost:8080`. */
  get url(): string {
    const usual = this.isSecure ? 443 : 80;
    return `${this.scheme}://${this.host}${this.port === usual ? '' : `:${this.port}`}`;
  }

  /** What is wrong with an address, each as a sentence. */
  static problems({ hosts, tls, port, http, strictTransport }: EndpointOptions): string[] {
    const given = hosts ?? [];
    const secured = tls !== 'none';
    return [
      ...(given.length === 0 ? ['endpoint.hosts is empty; name the host under which users reach the platform'] : []),
      ...given
        .filter((host, index) => problem(index > 0 ? withoutAny(host) : host, DNS_SUBDOMAIN) !== undefined)
        .map((host) => `endpoint.hosts has ${JSON.stringify(host)}, must be ${DNS_SUBDOMAIN.allowed}${FURTHER}`),
      ...given
        .filter((host, index) => given.indexOf(host) !== index)
        .map((host) => `endpoint.hosts has ${JSON.stringify(host)} twice`),
      ...(secured && !isOneSource(tls)
        ? [
            `endpoint.tls is ${JSON.stringify(tls)}, must have either the issuer of the certificate or the secret that holds it, or be 'none' for HTTP alone`,
          ]
        : []),
      ...rangeProblems(RANGES.port, { 'endpoint.port': port }),
      ...(!secured && http ? [`endpoint.http is '${http}', which says what HTTP is answered with where there is TLS`] : []),
      ...(!secured && strictTransport !== undefined && strictTransport !== 'none'
        ? ['endpoint.strictTransport needs TLS: browsers would never reach the platform again']
        : []),
    ];
  }
}

/** Stands for any one name. */
const ANY = '*.';
const FURTHER = '; a further one may begin with "*."';

function withoutAny(host: string): string {
  return host.startsWith(ANY) ? host.slice(ANY.length) : host;
}

function isOneSource(tls: EndpointTls | undefined): boolean {
  const { issuer, secret } = (tls ?? {}) as { issuer?: IssuerReference; secret?: string };
  return Boolean(issuer) !== Boolean(secret);
}

/** The address of the platform that a construct is part of; offered by the platform, or by a mesh that stands alone. */
export const ENDPOINT = new Contract<Endpoint>('an address of the platform');
