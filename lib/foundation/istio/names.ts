import { images } from '../../release/images';

/** Namespace of the mesh: its control plane, its gateways, and the policies of all namespaces. */
export const ROOT = 'istio-system';

/** Domain of the cluster's Services, and of identities. */
export const DOMAIN = 'cluster.local';

/** Where proxies get their configuration and their certificates. */
export const DISCOVERY = `istiod.${ROOT}.svc:15012`;

/** What the cluster is called in a mesh of several. */
export const CLUSTER = 'Kubernetes';

/** Who pods are that show a token, to istiod. */
export const TOKEN = { audience: 'istio-ca', path: '/var/run/secrets/tokens', name: 'istio-token', expirationSeconds: 43200 };

export const VERSION = images.istio.pilot.tag as string;

/** Labels of everything that istiod belongs to; there is one revision. */
export const REVISION = { 'istio.io/rev': 'default' };

/** Labels of objects of a part of Istio. */
export function partOfIstio(name: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'istio', 'app.kubernetes.io/version': VERSION };
}
