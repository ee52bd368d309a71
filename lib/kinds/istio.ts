import { mutatingwebhookconfigurations, validatingwebhookconfigurations } from '../../crds-imports/admissionregistration.k8s.io';
import {
  type DestinationRule,
  destinationrules,
  type VirtualService,
  virtualservices,
} from '../../crds-imports/networking.istio.io';
import { type AuthorizationPolicy, authorizationpolicies } from '../../crds-imports/security.istio.io';
import type { KindFacts, Manifest, Reference } from '../core';
import { local } from '../core/references';

const NETWORKING = 'networking.istio.io';

/** Label of the webhook configurations into which istiod writes. */
const REVISION = 'istio.io/rev';

/** @see https://istio.io/latest/docs/ops/configuration/mesh/webhook/ */
const WRITTEN: readonly KindFacts[] = [mutatingwebhookconfigurations, validatingwebhookconfigurations].map((kind) => ({
  kind,
  written: [
    {
      where: [`metadata.labels["${REVISION}"]`],
      // It fails closed as soon as istiod answers.
      fields: ['webhooks[*].clientConfig.caBundle', 'webhooks[*].failurePolicy'],
      writer: 'istiod',
    },
  ],
}));

export const ISTIO: readonly KindFacts[] = [
  ...WRITTEN,
  { kind: virtualservices, names: virtualService },
  {
    kind: destinationrules,
    names: (object) => host(object, (object as unknown as DestinationRule).spec?.host, 'spec.host'),
  },
  { kind: authorizationpolicies, names: principals },
];

/** Gateways through which requests come, and Services that they go to. @see https://istio.io/latest/docs/reference/config/networking/virtual-service/ */
function virtualService(object: Manifest): Reference[] {
  const { gateways = [], http = [], tcp = [], tls = [] } = (object as unknown as VirtualService).spec ?? {};
  const routed = Object.entries({ tcp, tls }).flatMap(([protocol, rules]) =>
    rules.flatMap(({ route = [] }, rule) =>
      route.map(({ destination }, index) => ({ destination, path: `spec.${protocol}[${rule}].route[${index}].destination` })),
    ),
  );
  const asked = http.flatMap(({ route = [], mirror, mirrors = [] }, rule) => [
    ...route.map(({ destination }, index) => ({ destination, path: `spec.http[${rule}].route[${index}].destination` })),
    ...(mirror ? [{ destination: mirror, path: `spec.http[${rule}].mirror` }] : []),
    ...mirrors.map(({ destination }, index) => ({ destination, path: `spec.http[${rule}].mirrors[${index}].destination` })),
  ]);
  return [
    ...gateways.flatMap((name, index) => gateway(object, name, `spec.gateways[${index}]`)),
    ...[...asked, ...routed].flatMap(({ destination, path }) => host(object, destination?.host, path, destination?.port?.number)),
    ...http.flatMap(({ delegate }, rule) =>
      delegate?.name
        ? [
            {
              ...local(object, NETWORKING, 'VirtualService', delegate.name, `spec.http[${rule}].delegate`),
              namespace: delegate.namespace ?? object.metadata.namespace,
            },
          ]
        : [],
    ),
  ];
}

/** `mesh` stands for all pods of the mesh. */
function gateway(object: Manifest, text: string, path: string): Reference[] {
  if (text === 'mesh') return [];
  const [name = '', namespace] = text.split('/').reverse();
  const found = local(object, NETWORKING, 'Gateway', name, path);
  return [namespace && namespace !== '.' ? { ...found, namespace } : found];
}

/** A host of the cluster's own: a name alone stands for a Service beside the object. All others may be anywhere. */
function host(object: Manifest, text: string | undefined, path: string, port?: number): Reference[] {
  const [name = '', namespace = object.metadata.namespace, service, ...domain] = text?.split('.') ?? [];
  const isService = name !== '' && !name.includes('*') && (!text?.includes('.') || (service === 'svc' && domain.length > 0));
  return isService ? [{ group: '', kind: 'Service', namespace, name, path, ...(port !== undefined && { port }) }] : [];
}

const PRINCIPAL = /^[^/*]+\/ns\/(?<namespace>[^/*]+)\/sa\/(?<name>[^/*]+)$/;
const ACCOUNT = /^(?:(?<namespace>[^/*]+)\/)?(?<name>[^/*]+)$/;

/** Where a policy names identities. */
const ACCOUNTS = [
  { field: 'principals', pattern: PRINCIPAL },
  { field: 'notPrincipals', pattern: PRINCIPAL },
  { field: 'serviceAccounts', pattern: ACCOUNT },
  { field: 'notServiceAccounts', pattern: ACCOUNT },
] as const;

/** The identities that a policy is about, as far as each is one ServiceAccount: `cluster.local/ns/team/sa/runner`, or `team/runner`. */
function principals(object: Manifest): Reference[] {
  const { rules = [] } = (object as unknown as AuthorizationPolicy).spec ?? {};
  return rules.flatMap(({ from = [] }, rule) =>
    from.flatMap(({ source = {} }, index) => {
      return ACCOUNTS.flatMap(({ field, pattern }) =>
        (source[field] ?? []).flatMap((text, at) => {
          const { name, namespace = object.metadata.namespace } = pattern.exec(text)?.groups ?? {};
          const path = `spec.rules[${rule}].from[${index}].source.${field}[${at}]`;
          return name ? [{ group: '', kind: 'ServiceAccount', namespace, name, path }] : [];
        }),
      );
    }),
  );
}
