import type { DeploymentMode, GatewayUrls } from '../../../contracts';
import type { Cluster } from '../cluster';

/** Something that is reached by a host name. */
export interface Named {
  readonly name: string;
  readonly namespace: string;
  readonly mode: DeploymentMode;
}

/** How a cluster makes host names. */
export type HostForms = Pick<Cluster, 'knative' | 'virtualHosts'> & { readonly urls?: Partial<GatewayUrls> };

/** The forms of the release. */
const KSERVE_HOST = '{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}';
const KNATIVE_HOST = '{{.Name}}.{{.Namespace}}.{{.Domain}}';
const PATH = '/serving/{{ .Namespace }}/{{ .Name }}';

/** Where nobody has said it. */
const DOMAIN = 'example.com';

/** Host name in the cluster. */
export function localHost(service: string, namespace: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}

/** Host name of one Service at the gateway: Knative's in its mode, else KServe's. */
export function serviceHost({ name, namespace, mode }: Named, { urls = {}, knative = {} }: HostForms): string {
  const domain = (mode === 'Knative' ? (knative.domain ?? urls.domain) : urls.domain) ?? DOMAIN;
  const form = mode === 'Knative' ? (knative.domainTemplate ?? KNATIVE_HOST) : (urls.domainTemplate ?? KSERVE_HOST);
  return rendered(form, { Name: name, Namespace: namespace, Domain: domain, IngressDomain: domain });
}

/**
 * Host name of a server of the mode Knative: KServe takes the component at which requests come in out of that component's host. Names
 * that are made of `-default` are taken out in a form that Knative no longer gives, so such a host keeps its component.
 *
 * @see https://github.com/kserve/kserve/blob/v0.18.0/pkg/controller/v1beta1/inferenceservice/reconcilers/ingress/ingress_reconciler.go
 */
export function withoutComponent(host: string, component: string): string {
  return host.includes('-default') ? host.replace(`-${component}-default`, '') : host.replace(`-${component}`, '');
}

/** Path at the gateway. */
export function gatewayPath({ name, namespace }: Omit<Named, 'mode'>, urls: Partial<GatewayUrls> = {}): string {
  return rendered(urls.pathTemplate ?? PATH, { Name: name, Namespace: namespace });
}

/** A Go template with its variables filled in; others stay. */
function rendered(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/{{-?\s*\.(\w+)\s*-?}}/g, (whole, variable: string) => values[variable] ?? whole);
}
