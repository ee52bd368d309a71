import type { InferenceServiceSpec } from '../../../../crds-imports/serving.kserve.io';
import { gatewayPath, type HostForms, type Named, serviceHost, withoutComponent } from './hosts';

/** Addresses of a server at the gateway. */
export interface GatewayAddresses {
  /** Host name by which the gateway knows it: `iris-team.example.com`, or Knative's `iris.team.example.com`. */
  readonly host: string;
  /** `http://iris-team.example.com`. */
  readonly url: string;
  /** Where predictions are asked for over HTTP, in the protocol of its model; undefined where its port speaks gRPC. */
  readonly predictUrl?: string;
  /** Where explanations are asked for; undefined without an explainer. */
  readonly explainUrl?: string;
  /** Its URL by path, `http://example.com/serving/team/iris`; undefined where the gateway knows host names only. */
  readonly pathUrl?: string;
  /** Where predictions are asked for by path; undefined where the gateway knows host names only, or its port speaks gRPC. */
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
export interface Addressed extends Named {
  readonly spec: InferenceServiceSpec;
  /** Name of the model in its URLs. */
  readonly modelName: string;
  /** The protocol in which its model answers. */
  readonly protocol: string;
}

/** The Services of a server. */
export function serviceNames({ name, spec }: Pick<Addressed, 'name' | 'spec'>): ServiceNames {
  return {
    predictor: `${name}-predictor`,
    ...(spec.transformer && { transformer: `${name}-transformer` }),
    ...(spec.explainer && { explainer: `${name}-explainer` }),
  };
}

/** Service at which requests come in: with VirtualServices, Knative's routes have the name of the server, which no other mode has. */
export function entryService(server: Addressed, { virtualHosts = true }: HostForms): string {
  const { predictor, transformer } = serviceNames(server);
  return server.mode === 'Knative' && virtualHosts ? server.name : (transformer ?? predictor);
}

/** Host name at the gateway. */
export function gatewayHost(server: Addressed, forms: HostForms): string {
  if (server.mode === 'Standard') return serviceHost(server, forms);
  const { predictor, transformer } = serviceNames(server);
  const host = serviceHost({ ...server, name: transformer ?? predictor }, forms);
  return (forms.virtualHosts ?? true) ? withoutComponent(host, transformer ? 'transformer' : 'predictor') : host;
}

/** The protocol of a program of one's own. */
export function protocolOfProgram({ predictor }: InferenceServiceSpec): string {
  const variables = (predictor.containers ?? []).flatMap(({ env = [] }) => env);
  return variables.find(({ name }) => name === 'PROTOCOL')?.value ?? 'v1';
}

/** Whether the port at which requests come in speaks gRPC, which its name says: `h2c`. */
export function speaksGrpc({ predictor, transformer }: InferenceServiceSpec): boolean {
  const entry = transformer ?? predictor;
  const containers = [...(entry.containers ?? []), ...(predictor.model && !transformer ? [predictor.model] : [])];
  // A transformer in the predictor's pods is the one that is asked.
  const asked = containers.find(({ name }) => name === 'transformer-container');
  return (asked ? [asked] : containers).some(({ ports }) => ports?.[0]?.name === 'h2c');
}

/** Path of predictions over HTTP; undefined where the port speaks gRPC. */
export function predictPath({ spec, protocol, modelName }: Addressed): string | undefined {
  if (speaksGrpc(spec)) return undefined;
  return protocol.endsWith('v2') ? `/v2/models/${modelName}/infer` : `/v1/models/${modelName}:predict`;
}

/** Path of explanations, which have one protocol only. */
export function explainPath(modelName: string): string {
  return `/v1/models/${modelName}:explain`;
}

/** The addresses at a gateway. */
export function gatewayAddresses(server: Addressed, forms: HostForms): GatewayAddresses {
  const { scheme = 'http', domain, pathTemplate } = forms.urls ?? {};
  const host = gatewayHost(server, forms);
  const url = `${scheme}://${host}`;
  const byPath = pathTemplate !== undefined && server.mode === 'Knative';
  const pathUrl = `${scheme}://${domain}${gatewayPath(server, forms.urls)}`;
  const path = predictPath(server);
  return {
    host,
    url,
    ...(path && { predictUrl: `${url}${path}` }),
    ...(server.spec.explainer && { explainUrl: `${url}${explainPath(server.modelName)}` }),
    ...(byPath && { pathUrl, ...(path && { pathPredictUrl: `${pathUrl}${path}` }) }),
  };
}
