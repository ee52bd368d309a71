import type { Endpoint } from '../../contracts';
import { DNS_LABEL } from '../../core/names';

/** The URLs under which models are served. Templates are Go templates over `.Name`, `.Namespace`, `.Labels`, `.Annotations`. */
export interface ModelUrls {
  /**
   * Domain of the host names.
   *
   * @default - that of the platform's address, or else 'example.com'
   */
  readonly domain?: string;

  /**
   * Further domains under which every model is served.
   *
   * @default - none
   */
  readonly additionalDomains?: readonly string[];

  /**
   * Host name of a model; `.IngressDomain` is the domain.
   *
   * @default '{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}'
   */
  readonly domainTemplate?: string;

  /**
   * Path of a model below the domain, where it is served under a path besides its host name. Mode Knative with a mesh only.
   *
   * @default '/serving/{{ .Namespace }}/{{ .Name }}'
   */
  readonly pathTemplate?: string;

  /**
   * Scheme of the URLs that a model's status tells.
   *
   * @default - that of the platform's address, or else 'http'
   */
  readonly scheme?: 'http' | 'https';
}

/** The URLs with every default filled in. @param endpoint address of the platform */
export function modelUrls(urls: ModelUrls = {}, endpoint?: Endpoint) {
  return {
    domain: endpoint?.modelDomain ?? 'example.com',
    domainTemplate: '{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}',
    pathTemplate: '/serving/{{ .Namespace }}/{{ .Name }}',
    scheme: endpoint?.scheme ?? ('http' as const),
    ...urls,
  };
}

/** What is wrong with some URLs, each as a sentence. */
export function urlProblems(urls: ModelUrls = {}): string[] {
  const { domain, additionalDomains = [], domainTemplate, pathTemplate } = modelUrls(urls);
  return [
    ...[domain, ...additionalDomains]
      .filter((name) => !isDomain(name))
      .map((name) => `the domain ${JSON.stringify(name)} is no DNS name`),
    ...missing('domainTemplate', domainTemplate),
    ...missing('pathTemplate', pathTemplate),
    ...(pathTemplate.startsWith('/') ? [] : [`the pathTemplate ${JSON.stringify(pathTemplate)} must begin with /`]),
  ];
}

/** Two models of one name, or of one namespace, must not share a URL. */
function missing(what: string, template: string): string[] {
  return ['.Name', '.Namespace']
    .filter((variable) => !actions(template).some((action) => new RegExp(`\\${variable}\\b`).test(action)))
    .map((variable) => `the ${what} ${JSON.stringify(template)} must contain {{ ${variable} }}, or models would share a URL`);
}

/** What stands between the braces of a template. */
function actions(template: string): string[] {
  return template
    .split('{{')
    .flatMap((part, index) => (index > 0 && part.includes('}}') ? [part.slice(0, part.indexOf('}}'))] : []));
}

function isDomain(name: string): boolean {
  return name.length <= 253 && name.split('.').every((label) => label.length <= 63 && DNS_LABEL.pattern.test(label));
}
