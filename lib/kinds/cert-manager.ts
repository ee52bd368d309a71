import { type Certificate, certificates, clusterissuers, issuers } from '../../crds-imports/cert-manager.io';
import type { KindFacts, Manifest, Reference } from '../core';
import { condition } from '../core/facts/kind-facts';
import { KUBERNETES } from '../core/facts/kubernetes';
import { local } from '../core/references';

const GROUP = 'cert-manager.io';

/** Annotations by which the CA injector is asked, as `namespace/name` of a Certificate and of a Secret. */
export const INJECT_CA_FROM = 'cert-manager.io/inject-ca-from';
export const INJECT_CA_FROM_SECRET = 'cert-manager.io/inject-ca-from-secret';

const SOURCES = { [INJECT_CA_FROM]: [GROUP, 'Certificate'], [INJECT_CA_FROM_SECRET]: ['', 'Secret'] } as const;
const ANNOTATIONS = [...Object.keys(SOURCES), 'cert-manager.io/inject-apiserver-ca'];

/** @see https://cert-manager.io/docs/concepts/ca-injector/ */
const INJECTED: readonly KindFacts[] = KUBERNETES.flatMap(({ kind, caBundle }) =>
  caBundle === undefined
    ? []
    : [
        {
          kind,
          names: sources,
          injected: {
            asked: ({ metadata }: Manifest) => ANNOTATIONS.some((name) => metadata.annotations?.[name] !== undefined),
            from: (object: Manifest) => sources(object)[0],
            writer: { 'app.kubernetes.io/name': 'cainjector' },
          },
          written: [
            {
              where: ANNOTATIONS.map((name) => `metadata.annotations["${name}"]`),
              fields: [caBundle],
              writer: "cert-manager's CA injector",
            },
          ],
        },
      ],
);

export const CERT_MANAGER: readonly KindFacts[] = [
  ...INJECTED,
  {
    kind: certificates,
    names: issuer,
    follows: [clusterissuers, issuers],
    makes: (object) => {
      const { secretName } = (object as unknown as Certificate).spec ?? {};
      return secretName ? [local(object, '', 'Secret', secretName, 'spec.secretName')] : [];
    },
    ready: condition('Ready'),
  },
];

/** Where the CA comes from that an object asks for. A Secret may come later. */
function sources({ metadata }: Manifest): Reference[] {
  return Object.entries(SOURCES).flatMap(([annotation, [group, kind]]) => {
    const [namespace, name] = metadata.annotations?.[annotation]?.split('/') ?? [];
    const path = `metadata.annotations["${annotation}"]`;
    return namespace && name ? [{ group, kind, namespace, name, path, optional: kind === 'Secret' }] : [];
  });
}

function issuer(object: Manifest): Reference[] {
  const named = (object as unknown as Certificate).spec?.issuerRef;
  // Other groups are issuers of other products.
  if (!named || (named.group ?? GROUP) !== GROUP) return [];
  const kind = named.kind ?? 'Issuer';
  const reference = local(object, GROUP, kind, named.name, 'spec.issuerRef');
  return [kind === 'ClusterIssuer' ? { ...reference, namespace: undefined } : reference];
}
