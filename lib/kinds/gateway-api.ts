import type { KindFacts, Manifest, Reference } from '../core';
import { local } from '../core/references';

const GROUP = 'gateway.networking.k8s.io';

/** How the Gateway API names an object. Left out, group and kind are those that the field is made for. */
interface Named {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly port?: number;
}

interface Route {
  readonly parentRefs?: readonly Named[];
  readonly rules?: readonly {
    readonly backendRefs?: readonly Named[];
    readonly filters?: readonly { readonly requestMirror?: { readonly backendRef: Named } }[];
  }[];
}

interface Gateway {
  readonly gatewayClassName?: string;
  readonly listeners?: readonly { readonly tls?: { readonly certificateRefs?: readonly Named[] } }[];
}

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** @see https://gateway-api.sigs.k8s.io/reference/spec/ */
export const GATEWAY_API: readonly KindFacts[] = [
  ...ROUTES.map((kind) => ({ kind: { group: GROUP, kind }, names: route })),
  { kind: { group: GROUP, kind: 'Gateway' }, names: gateway },
];

function route(object: Manifest): Reference[] {
  const { parentRefs = [], rules = [] } = (object.spec ?? {}) as Route;
  const backend = (named: Named, path: string) => reference(object, named, path, '', 'Service');
  return [
    ...parentRefs.map((named, index) => reference(object, named, `spec.parentRefs[${index}]`, GROUP, 'Gateway')),
    ...rules.flatMap(({ backendRefs = [], filters = [] }, rule) => [
      ...backendRefs.map((named, index) => backend(named, `spec.rules[${rule}].backendRefs[${index}]`)),
      ...filters.flatMap(({ requestMirror }, index) =>
        requestMirror
          ? [backend(requestMirror.backendRef, `spec.rules[${rule}].filters[${index}].requestMirror.backendRef`)]
          : [],
      ),
    ]),
  ];
}

function gateway(object: Manifest): Reference[] {
  const { gatewayClassName, listeners = [] } = (object.spec ?? {}) as Gateway;
  return [
    ...(gatewayClassName ? [{ group: GROUP, kind: 'GatewayClass', name: gatewayClassName, path: 'spec.gatewayClassName' }] : []),
    ...listeners.flatMap(({ tls }, listener) =>
      (tls?.certificateRefs ?? []).map((named, index) =>
        reference(object, named, `spec.listeners[${listener}].tls.certificateRefs[${index}]`, '', 'Secret'),
      ),
    ),
  ];
}

function reference(object: Manifest, named: Named, path: string, group: string, kind: string): Reference {
  const found = local(object, named.group ?? group, named.kind ?? kind, named.name, path);
  const { namespace = found.namespace, port } = named;
  // A parent is named by a port, too, which is a listener's.
  return { ...found, namespace, ...(port !== undefined && found.kind === 'Service' && { port }) };
}
