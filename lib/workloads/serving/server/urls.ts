import type { InferenceServiceSpec } from '../../../../crds-imports/serving.kserve.io';
import type { DeploymentMode, GatewayUrls } from '../../../contracts';
import { V2_FORMATS } from '../runtime/formats';

/** Addresses of a server at the gateway. */
export interface GatewayAddresses {
  /** Host name by which the gateway knows it: `iris-team.example.com`. */
  readonly host: string;
  /** `http://iris-team.example.com`. */
  readonly url: string;
  /** Where predictions are asked for over HTTP, in the protocol of its model. */
  readonly predictUrl: string;
  /** Where explanations are asked for; undefined without an explainer. */
  readonly explainUrl?: string;
  /** Its URL by path, `http://example.com/serving/team/iris`; undefined where the gateway knows host names only. */
  readonly pathUrl?: string;
  /** Where predictions are asked for by path; undefined where the gateway knows host names only. */
  readonly pathPredictUrl?: string;
}

/** Names of the Services of a server's components. */
export interface ServiceNames {
  readonly predictor: string;
  /** Undefined without a transformer of its own pods. */
  readonly transformer?: string;
  /** Undefined without an explainer. */
  readonly explainer?: string;
}

/** What the addresses of a server are made of. */
export interface Addressed {
  readonly name: string;
  readonly namespace: string;
  readonly mode: DeploymentMode;
  readonly spec: InferenceServiceSpec;
}

/** The addresses of the release, below a domain. */
const UPSTREAM: Omit<GatewayUrls, 'domain'> = {
  scheme: 'http',
  domainTemplate: '{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}',
  pathTemplate: '/serving/{{ .Namespace }}/{{ .Name }}',
};

/** The Services of a server. */
export function serviceNames({ name, spec }: Addressed): ServiceNames {
  return {
    predictor: `${name}-predictor`,
    ...(spec.transformer && { transformer: `${name}-transformer` }),
    ...(spec.explainer && { explainer: `${name}-explainer` }),
  };
}

/** Service at which requests come in: Knative's routes have the name of the server, which no Service of Standard mode has. */
export function entryService(server: Addressed): string {
  const { predictor, transformer } = serviceNames(server);
  return server.mode === 'Knative' ? server.name : (transformer ?? predictor);
}

/** Host name in the cluster. */
export function localHost(service: string, namespace: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}

/** The protocol in which a server answers. */
export function protocolOf({ predictor }: InferenceServiceSpec): string {
  const { model, containers = [] } = predictor;
  if (model) return model.protocolVersion ?? (V2_FORMATS.includes(model.modelFormat?.name ?? '') ? 'v2' : 'v1');
  const variables = containers.flatMap(({ env = [] }) => env);
  return variables.find(({ name }) => name === 'PROTOCOL')?.value ?? 'v1';
}

/** Whether a server is spoken to in gRPC. */
export function speaksGrpc({ predictor, transformer }: InferenceServiceSpec): boolean {
  const entry = transformer ?? predictor;
  const ports = [...(entry.containers ?? []), ...(predictor.model && !transformer ? [predictor.model] : [])];
  return (
    (!transformer && predictor.model?.protocolVersion?.startsWith('grpc')) || ports.some((one) => one.ports?.[0]?.name === 'h2c')
  );
}

/** Path of predictions over HTTP. */
export function predictPath(name: string, spec: InferenceServiceSpec): string {
  return protocolOf(spec).endsWith('v2') ? `/v2/models/${name}/infer` : `/v1/models/${name}:predict`;
}

/** Path of explanations, which have one protocol only. */
export function explainPath(name: string): string {
  return `/v1/models/${name}:explain`;
}

/** Path at the gateway. */
export function gatewayPath(server: Pick<Addressed, 'name' | 'namespace'>, urls: Partial<GatewayUrls> = {}): string {
  return rendered(urls.pathTemplate ?? (UPSTREAM.pathTemplate as string), server, '');
}

/** Host name at the gateway. */
export function gatewayHost(
  server: Pick<Addressed, 'name' | 'namespace'>,
  urls: Partial<GatewayUrls> & { domain: string },
): string {
  return rendered(urls.domainTemplate ?? UPSTREAM.domainTemplate, server, urls.domain);
}

/** The addresses at a gateway. */
export function gatewayAddresses(server: Addressed, given: Partial<GatewayUrls> & { domain: string }): GatewayAddresses {
  const { name, spec } = server;
  const scheme = given.scheme ?? UPSTREAM.scheme;
  const host = gatewayHost(server, given);
  const url = `${scheme}://${host}`;
  const byPath = given.pathTemplate !== undefined && server.mode === 'Knative';
  const pathUrl = `${scheme}://${given.domain}${gatewayPath(server, given)}`;
  return {
    host,
    url,
    predictUrl: `${url}${predictPath(name, spec)}`,
    ...(spec.explainer && { explainUrl: `${url}${explainPath(name)}` }),
    ...(byPath && { pathUrl, pathPredictUrl: `${pathUrl}${predictPath(name, spec)}` }),
  };
}

/** A Go template with its variables filled in; others stay. */
function rendered(template: string, { name, namespace }: Pick<Addressed, 'name' | 'namespace'>, domain: string): string {
  const values: Readonly<Record<string, string>> = { Name: name, Namespace: namespace, IngressDomain: domain };
  return template.replace(/{{-?\s*\.(\w+)\s*-?}}/g, (whole, variable: string) => values[variable] ?? whole);
}
