import { join } from 'node:path';
import { Facts, type KindFacts, type Manifest, Plan, Schemas } from '../../lib/core';
import { target } from '../../lib/core/references';
import { FACTS } from '../../lib/kinds';
import { sources } from '../support/source';

const object = (apiVersion: string, kind: string, fields: object = {}, namespace: string | undefined = 'team'): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'x', ...(namespace && { namespace }) },
  ...fields,
});

/** What an object names besides its namespace, as `path kind namespace/name`. */
function named(manifest: Manifest): string[] {
  return FACTS.references(manifest)
    .filter(({ path }) => path !== 'metadata.namespace')
    .map(({ path, kind, namespace, name, port }) => `${path} ${kind} ${namespace ?? ''}/${name}${port ? `:${port}` : ''}`);
}

describe('facts', () => {
  const kind = { group: 'example.com', kind: 'Widget' };
  const widget = object('example.com/v1', 'Widget');

  test('of several products add up, and leave those of the kernel as they are', () => {
    const reference = (name: string) => [{ group: '', kind: 'Secret', namespace: 'team', name, path: name }];
    const facts = Facts.kubernetes.and(
      { kind, names: () => reference('one'), kept: { fields: ['spec.a'] } },
      { kind, names: () => reference('other'), kept: { fields: ['spec.b'], except: ['spec.b.c'] }, holdsWork: true },
    );
    expect(facts.references(widget).map(({ name }) => name)).toStrictEqual(['team', 'one', 'other']);
    expect(facts.of(widget)).toMatchObject({
      kept: { fields: ['spec.a', 'spec.b'], except: ['spec.b.c'] },
      holdsWork: true,
    });
    expect(Facts.kubernetes.of(widget)).toStrictEqual({ kind });
  });

  test('hold for every version of a kind, and for no other group', () => {
    const facts = Facts.kubernetes.and({ kind, holdsWork: true });
    expect(facts.of(object('example.com/v2', 'Widget')).holdsWork).toBe(true);
    expect(facts.of(object('example.org/v1', 'Widget')).holdsWork).toBeUndefined();
  });

  test('of the kernel alone name no product', () => {
    const certificate = object('cert-manager.io/v1', 'Certificate', { spec: { secretName: 's', issuerRef: { name: 'i' } } });
    expect(Facts.kubernetes.of(certificate).makes).toBeUndefined();
    expect(Facts.kubernetes.references(certificate).map(({ kind: of }) => of)).toStrictEqual(['Namespace']);
    expect(FACTS.of(certificate).makes?.(certificate).map(target)).toStrictEqual(['|Secret|team|s']);
  });

  test('say of what others follow that it goes before them in a wave', () => {
    expect(FACTS.isFollowed(object('cert-manager.io/v1', 'Issuer'))).toBe(true);
    expect(FACTS.isFollowed(object('cert-manager.io/v1', 'Certificate'))).toBe(false);
    expect(Facts.kubernetes.isFollowed(object('cert-manager.io/v1', 'Issuer'))).toBe(false);
  });
});

describe('a Profile', () => {
  const profile = object('kubeflow.org/v1', 'Profile', {}, undefined);

  test('makes its namespace with two accounts, and is ready when its controller has been through', () => {
    const { makes, ready } = FACTS.of(profile);
    expect(makes?.(profile).map(target)).toStrictEqual([
      '|Namespace||x',
      '|ServiceAccount|x|default-editor',
      '|ServiceAccount|x|default-viewer',
    ]);
    expect(ready?.condition(profile)).toBe('jsonpath={.metadata.finalizers[0]}=profile-finalizer');
  });
});

describe('Istio names', () => {
  const route = (spec: object) => named(object('networking.istio.io/v1', 'VirtualService', { spec }));

  test('gateways, beside the object or elsewhere; the mesh itself is none', () => {
    expect(route({ gateways: ['near', './here', 'far/away', 'mesh'] })).toStrictEqual([
      'spec.gateways[0] Gateway team/near',
      'spec.gateways[1] Gateway team/here',
      'spec.gateways[2] Gateway far/away',
    ]);
  });

  test('Services by a name alone or by their whole host, and nothing by hosts of the world', () => {
    const to = (host: string) => route({ http: [{ route: [{ destination: { host, port: { number: 80 } } }] }] });
    const path = 'spec.http[0].route[0].destination';
    expect(to('web')).toStrictEqual([`${path} Service team/web:80`]);
    expect(to('web.other.svc.cluster.local')).toStrictEqual([`${path} Service other/web:80`]);
    expect(to('web.other.svc.corp.example')).toStrictEqual([`${path} Service other/web:80`]);
    for (const host of ['example.com', 'a.b.example.com', '*.local', '*']) expect(to(host)).toStrictEqual([]);
  });

  test('what mirrors, delegates and other protocols lead to', () => {
    const destination = { host: 'web' };
    expect(
      route({
        http: [
          { mirror: destination, mirrors: [{ destination }], delegate: { name: 'd', namespace: 'other' } },
          { delegate: { name: 'e' } },
        ],
        tcp: [{ route: [{ destination }] }],
        tls: [{ route: [{ destination }] }],
      }),
    ).toStrictEqual([
      'spec.http[0].mirror Service team/web',
      'spec.http[0].mirrors[0].destination Service team/web',
      'spec.tcp[0].route[0].destination Service team/web',
      'spec.tls[0].route[0].destination Service team/web',
      'spec.http[0].delegate VirtualService other/d',
      'spec.http[1].delegate VirtualService team/e',
    ]);
  });

  test('the host of a DestinationRule', () => {
    expect(named(object('networking.istio.io/v1', 'DestinationRule', { spec: { host: 'web' } }))).toStrictEqual([
      'spec.host Service team/web',
    ]);
  });

  test('identities that are one ServiceAccount, and no patterns of several', () => {
    const policy = (source: object) =>
      named(object('security.istio.io/v1', 'AuthorizationPolicy', { spec: { rules: [{ from: [{ source }] }] } }));
    const path = 'spec.rules[0].from[0].source';
    expect(policy({ principals: ['cluster.local/ns/a/sa/b'] })).toStrictEqual([`${path}.principals[0] ServiceAccount a/b`]);
    expect(policy({ notPrincipals: ['corp/ns/a/sa/b'] })).toStrictEqual([`${path}.notPrincipals[0] ServiceAccount a/b`]);
    expect(policy({ serviceAccounts: ['a/b', 'c'], notServiceAccounts: ['d/e'] })).toStrictEqual([
      `${path}.serviceAccounts[0] ServiceAccount a/b`,
      `${path}.serviceAccounts[1] ServiceAccount team/c`,
      `${path}.notServiceAccounts[0] ServiceAccount d/e`,
    ]);
    for (const principal of ['*', 'cluster.local/ns/a/sa/*', '*/ns/a/sa/b', 'cluster.local/ns/a'])
      expect(policy({ principals: [principal] })).toStrictEqual([]);
  });
});

describe('the Gateway API names', () => {
  const route = (kind: string, spec: object) => named(object('gateway.networking.k8s.io/v1', kind, { spec }));

  test.each(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'])('parents and backends of a %s', (kind) => {
    const parentRefs = [
      { name: 'g', sectionName: 'https' },
      { name: 'h', namespace: 'infra', port: 443 },
    ];
    const backendRefs = [
      { name: 'web', port: 80 },
      { name: 'far', namespace: 'other', port: 81 },
    ];
    const rules = [{ backendRefs }];
    expect(route(kind, { parentRefs, rules })).toStrictEqual([
      'spec.parentRefs[0] Gateway team/g',
      'spec.parentRefs[1] Gateway infra/h',
      'spec.rules[0].backendRefs[0] Service team/web:80',
      'spec.rules[0].backendRefs[1] Service other/far:81',
    ]);
  });

  test('backends of other kinds, and those that requests are mirrored to', () => {
    const pool = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'p', port: 8000 };
    const filters = [{}, { requestMirror: { backendRef: { name: 'shadow', port: 80 } } }];
    expect(route('HTTPRoute', { rules: [{ backendRefs: [pool], filters }] })).toStrictEqual([
      'spec.rules[0].backendRefs[0] InferencePool team/p',
      'spec.rules[0].filters[1].requestMirror.backendRef Service team/shadow:80',
    ]);
  });

  test('the class and the certificates of a Gateway', () => {
    const listeners = [{}, { tls: { certificateRefs: [{ name: 'tls' }, { name: 'other', namespace: 'certs' }] } }];
    expect(route('Gateway', { gatewayClassName: 'istio', listeners })).toStrictEqual([
      'spec.gatewayClassName GatewayClass /istio',
      'spec.listeners[1].tls.certificateRefs[0] Secret team/tls',
      'spec.listeners[1].tls.certificateRefs[1] Secret certs/other',
    ]);
  });
});

describe('Knative and KServe', () => {
  const service = (containers: object[]) =>
    object('serving.knative.dev/v1', 'Service', {
      spec: { template: { spec: { serviceAccountName: 'runner', containers } } },
    });

  test('a Knative Service names what its pods need, also where its container has no name, and makes a Service', () => {
    const names = ['spec.template.spec.serviceAccountName ServiceAccount team/runner'];
    expect(named(service([{ image: 'i' }]))).toStrictEqual(names);
    expect(named(service([{ name: 'c', image: 'i' }]))).toStrictEqual(names);
    const made = FACTS.of(service([])).makes?.(service([])).map(target);
    expect(made).toStrictEqual(['|Service|team|x']);
  });

  test('an InferenceService makes a Service for each component', () => {
    const server = object('serving.kserve.io/v1beta1', 'InferenceService', { spec: { predictor: {}, transformer: {} } });
    expect(FACTS.of(server).makes?.(server).map(target)).toStrictEqual([
      '|Service|team|x',
      '|Service|team|x-predictor',
      '|Service|team|x-transformer',
    ]);
  });
});

describe('Kueue', () => {
  const cluster = (kind: string, name: string, spec: object = {}) => ({
    apiVersion: 'kueue.x-k8s.io/v1beta1',
    kind,
    metadata: { name },
    spec,
  });
  const job = object('batch/v1', 'Job');
  const waiting = { ...job, metadata: { ...job.metadata, labels: { 'kueue.x-k8s.io/queue-name': 'queue' } } };
  const queue = {
    ...object('kueue.x-k8s.io/v1beta1', 'LocalQueue', { spec: { clusterQueue: 'gpus' } }),
    metadata: { name: 'queue', namespace: 'team' },
  };
  const gpus = cluster('ClusterQueue', 'gpus', { resourceGroups: [{ flavors: [{ name: 'a100' }] }] });

  test('has its queues and flavors there before what names them, and removed after it', () => {
    const { objects, dependencies } = new Plan([waiting, queue, gpus, cluster('ResourceFlavor', 'a100')], undefined, FACTS);
    expect(dependencies.removal.map(({ kind }) => kind)).toStrictEqual(['Job', 'LocalQueue', 'ClusterQueue', 'ResourceFlavor']);
    expect(objects.length).toBe(4);
  });

  test('lets a job without its queue wait, which is no error', () => {
    expect(FACTS.references(waiting).find(({ kind }) => kind === 'LocalQueue')?.optional).toBe(true);
    expect(named(job)).toStrictEqual([]);
  });
});

test('an autoscaler of KEDA scales a Deployment that does not say otherwise', () => {
  const scaled = (scaleTargetRef: object) => named(object('keda.sh/v1alpha1', 'ScaledObject', { spec: { scaleTargetRef } }));
  expect(scaled({ name: 'd' })).toStrictEqual(['spec.scaleTargetRef Deployment team/d']);
  expect(scaled({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 's' })).toStrictEqual([
    'spec.scaleTargetRef StatefulSet team/s',
  ]);
});

describe.each(sources('lib/kinds').filter((file) => !file.endsWith('index.ts')))('%s', (file) => {
  const rows = Object.values(require(join('../..', file)) as object).filter((exported) =>
    Array.isArray(exported),
  ) as KindFacts[][];

  test('is part of the whole, and tells of kinds that the catalogue has, where it has their group', () => {
    expect(rows).toHaveLength(1);
    for (const { kind, ...facts } of rows.flat()) {
      const known = FACTS.of(object(kind.group ? `${kind.group}/v1` : 'v1', kind.kind));
      expect(Object.keys(known)).toStrictEqual(expect.arrayContaining(Object.keys(facts)));
      const kinds = Schemas.shipped.kinds(kind.group).map((one) => one.kind);
      if (kinds.length > 0) expect(kinds).toContain(kind.kind);
    }
  });
});
