import { type Credential, contradiction, type FromSecret } from './credential';

/** Headers that a web server asks for, by their values. */
export interface HttpsHeaders {
  /** Written into a Secret, for instance `{ Authorization: 'Bearer …' }`. KServe copies them into the pod, where who sees pods reads them. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Access to a web server. A Secret has the host as `https-host` and a JSON object as `headers`.
 *
 * @see https://github.com/kserve/kserve/tree/v0.18.0/pkg/credentials/https
 */
export type HttpsCredentials = FromSecret | HttpsHeaders;

/** Access to a web server as KServe takes it. @param host without scheme and port */
export function httpsCredential(host: string, options: HttpsCredentials): Credential {
  const known = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(host);
  return {
    store: `the web server ${host}`,
    opens: new RegExp(`^https?://${host.replace(/[^\w-]/g, '\\$&')}(:\\d+)?/`),
    source:
      'secret' in options
        ? options
        : {
            suffix: `https-${host.replace(/\./g, '-')}`,
            data: { 'https-host': host, headers: JSON.stringify(options.headers) },
          },
    problems: known
      ? contradiction(`the web server ${host}`, options, ['secret', 'headers'])
      : [`the web server ${JSON.stringify(host)} is no host name; give it without scheme, port and path`],
  };
}
