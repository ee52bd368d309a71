import { App } from 'cdk8s';
import {
  Credentials,
  Existing,
  KubeflowPlatform,
  type KubeflowPlatformProps,
  ModelRegistry,
  type ModelRegistryProps,
  SqlDatabase,
  WebAppAccess,
} from '../../../lib';
import { Callers, having } from '../../../lib/blocks';
import { assembled, errors, thrown } from '../../support/app';
import { MESH_REFERENCE } from '../../support/mesh';
import { find, objectsOf } from '../../support/platform';
import { podOf } from '../../support/server';

const credentials = Credentials.existing('registry-db', 'pw');
const TEAM: ModelRegistryProps = { namespace: 'team', database: SqlDatabase.bundledPostgres({ credentials }) };
const SERVER = 'model-registry-deployment';
const PAGE = 'model-registry-ui';

/** A platform with a mesh and a registry. */
function platform(props: Partial<ModelRegistryProps> = {}, more: Partial<KubeflowPlatformProps> = {}): KubeflowPlatform {
  return new KubeflowPlatform(new App(), 'kubeflow', {
    components: { modelRegistry: { ...TEAM, ...props } },
    existing: { istio: MESH_REFERENCE, objects: [Existing.namespace('team'), Existing.namespace('other')] },
    ...more,
  });
}
const registry = (...of: Parameters<typeof platform>) => assembled(platform(...of));
const named = (assembly: ReturnType<typeof registry>, ...kinds: string[]) =>
  objectsOf(assembly, 'model-registry')
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .sort();
const environment = (assembly: ReturnType<typeof registry>) =>
  Object.fromEntries(
    (podOf(assembly, SERVER).container.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]),
  );

test('stands in a closed world, and all of it is in the namespace of the team', () => {
  const assembly = registry();
  expect(errors(assembly)).toStrictEqual([]);
  const namespaces = objectsOf(assembly, 'model-registry').map(({ kind, metadata }) => metadata.namespace ?? kind);
  expect(new Set(namespaces)).toStrictEqual(new Set(['team', 'ClusterRole', 'ClusterRoleBinding']));
});

describe('the server', () => {
  test('reaches the database that comes with it', () => {
    const assembly = registry();
    expect(podOf(assembly, SERVER).container.args).toContain('--embedmd-database-type=postgres');
    expect(environment(assembly)).toStrictEqual({
      PGPASSWORD: { secretKeyRef: { name: 'registry-db', key: 'pw' } },
      MR_EMBEDMD_DATABASE_DSN: 'postgresql://registry@model-registry-db:5432/metadb?sslmode=disable',
    });
    expect(find(assembly, 'NetworkPolicy', 'model-registry-db').spec).toMatchObject({
      ingress: [{ from: [{ podSelector: having({ component: 'model-registry-server' }) }], ports: [{ port: 5432 }] }],
    });
    expect(find(assembly, 'PersistentVolumeClaim', 'metadata-postgres')).toBeDefined();
  });

  test('may have MySQL in its place, or a database that is there', () => {
    const mysql = registry({ database: SqlDatabase.bundledMySql({ credentials }) });
    expect(podOf(mysql, SERVER).container.args).toContain('--embedmd-database-type=mysql');
    expect(environment(mysql)).toStrictEqual({
      DATABASE_PASSWORD: { secretKeyRef: { name: 'registry-db', key: 'pw' } },
      MR_EMBEDMD_DATABASE_DSN: 'registry:$(DATABASE_PASSWORD)@tcp(model-registry-db:3306)/metadb?charset=utf8mb4',
    });
    const certificateAuthority = { configMap: 'ca', key: 'ca.crt' };
    const there = registry({
      database: SqlDatabase.externalPostgres({
        host: 'db.example.com',
        user: 'me',
        database: 'models',
        credentials,
        certificateAuthority,
      }),
    });
    expect(errors(there)).toStrictEqual([]);
    expect(environment(there)).toMatchObject({
      PGSSLROOTCERT: '/etc/metadb-database/ca.crt',
      MR_EMBEDMD_DATABASE_DSN: 'postgresql://me@db.example.com:5432/models?sslmode=verify-full',
    });
    expect(podOf(there, SERVER).container.volumeMounts).toMatchObject([{ mountPath: '/etc/metadb-database' }]);
    expect(named(there, 'PersistentVolumeClaim')).toStrictEqual([]);
  });

  test('shows its password on no command line', () => {
    for (const database of [TEAM.database, SqlDatabase.bundledMySql({ credentials })])
      expect(JSON.stringify(podOf(registry({ database }), SERVER).container.args)).not.toMatch(/passw|\$\(/i);
  });

  test('listens where the Service, the probes and the route ask', () => {
    const assembly = registry();
    const { container } = podOf(assembly, SERVER);
    expect(container.args).toContain('--port=8080');
    expect(container.ports).toStrictEqual([{ name: 'http-api', containerPort: 8080, protocol: 'TCP' }]);
    expect(
      [container.startupProbe, container.livenessProbe, container.readinessProbe].map((probe) => probe?.httpGet?.port),
    ).toStrictEqual(Array(3).fill('http-api'));
    expect(find(assembly, 'Service', 'model-registry-service')).toMatchObject({
      // By name and label the web page finds it.
      metadata: { labels: { component: 'model-registry' }, annotations: { displayName: 'Kubeflow Model Registry' } },
      spec: {
        selector: { component: 'model-registry-server' },
        ports: [{ name: 'http-api', port: 8080, targetPort: 'http-api' }],
      },
    });
    expect(find(assembly, 'VirtualService', 'model-registry').spec).toMatchObject({
      http: [
        {
          match: [{ uri: { prefix: '/api/model_registry/' } }],
          route: [{ destination: { host: 'model-registry-service.team.svc.cluster.local', port: { number: 8080 } } }],
        },
      ],
    });
  });

  test('lets in the gateway, its own namespace and whom it is told, and no holder of just any header', () => {
    const { rules } = find(
      registry({ callers: [Callers.program({ namespace: 'other', selector: { a: 'b' }, serviceAccount: 'sa' })] }),
      'AuthorizationPolicy',
      'model-registry-service',
    ).spec as { rules: object[] };
    expect(rules).toStrictEqual([
      {
        from: [
          { source: { principals: [MESH_REFERENCE.gatewayPrincipal] } },
          { source: { namespaces: ['team'] } },
          { source: { principals: ['cluster.local/ns/other/sa/sa'] } },
        ],
      },
    ]);
  });

  test('has another path at the gateway, or none', () => {
    expect(find(registry({ path: '/models/' }), 'VirtualService', 'model-registry').spec).toMatchObject({
      http: [{ match: [{ uri: { prefix: '/models/' } }], rewrite: { uri: '/api/model_registry/' } }],
    });
    expect(named(registry({ path: false }), 'VirtualService')).toStrictEqual(['VirtualService model-registry-ui']);
  });
});

describe('the web page', () => {
  test('stands at the path that it is built for, behind the gateway alone', () => {
    const assembly = registry();
    expect(find(assembly, 'VirtualService', PAGE).spec).toMatchObject({
      http: [
        {
          match: [{ uri: { prefix: '/model-registry/' } }],
          rewrite: { uri: '/' },
          headers: { request: { set: { 'x-forwarded-prefix': '/model-registry' } } },
          route: [{ destination: { host: 'model-registry-ui-service.team.svc.cluster.local', port: { number: 80 } } }],
        },
      ],
    });
    expect(find(assembly, 'ServiceAccount', PAGE)).toMatchObject({ automountServiceAccountToken: true });
    expect(named(assembly, 'ClusterRole')).toHaveLength(3);
  });

  test('is left out without a mesh, unless there is another way to it', () => {
    const { istio: _, ...existing } = { istio: MESH_REFERENCE, objects: [Existing.namespace('team')] };
    expect(named(registry({}, { existing }), 'Deployment')).toStrictEqual([
      'Deployment model-registry-db',
      `Deployment ${SERVER}`,
    ]);
    const access = WebAppAccess.ingress({ host: 'r.example.org', className: 'nginx', controllerNamespace: 'ingress' });
    expect(named(registry({ access }, { existing }), 'Deployment', 'Ingress')).toContain(`Ingress ${PAGE}`);
    expect(thrown(() => registry({ webPage: true }, { existing })).message).toContain(
      'a port-forward would leave it without a login',
    );
  });

  test('refuses users whose name comes in a header that it does not read', () => {
    const access = WebAppAccess.ingress({
      host: 'r.example.org',
      className: 'nginx',
      controllerNamespace: 'ingress',
      userHeader: 'x-user',
    });
    expect(thrown(() => registry({ access })).message).toContain(
      'kubeflow/model-registry/model-registry-ui: it reads the user from the header kubeflow-userid alone, and users come with x-user',
    );
  });
});

describe('several registries', () => {
  /** The registry of a platform, and that of another team. */
  function two(props: (first: ModelRegistry) => Partial<ModelRegistryProps>) {
    const kubeflow = platform();
    const first = kubeflow.node.findChild('model-registry') as ModelRegistry;
    new ModelRegistry(kubeflow, 'registry-of-others', { ...TEAM, namespace: 'other', ...props(first) });
    return assembled(kubeflow);
  }

  test('share a web page, whose program each of them lets in', () => {
    const assembly = two((webPage) => ({ webPage, path: '/other/' }));
    expect(errors(assembly)).toStrictEqual([]);
    expect(
      assembly.model.manifests.filter(({ metadata }) => metadata.name === PAGE && metadata.namespace === 'other'),
    ).toStrictEqual([]);
    expect(find(assembly, 'AuthorizationPolicy', 'model-registry-service', 'other').spec).toMatchObject({
      rules: [
        {
          from: [
            {},
            { source: { namespaces: ['other'] } },
            { source: { principals: ['cluster.local/ns/team/sa/model-registry-ui'] } },
          ],
        },
      ],
    });
    expect(JSON.stringify(find(assembly, 'NetworkPolicy', 'model-registry-service', 'other').spec)).toContain('"team"');
  });

  test('cannot have one path at the gateway, nor two web pages', () => {
    expect(thrown(() => two(() => ({}))).message).toBe(
      'kubeflow/registry-of-others: the gateway leads from /api/model_registry/ to kubeflow/model-registry already; give it another path, or path: false; ' +
        'kubeflow/model-registry has a web page, and there can be one at /model-registry/; give webPage: that registry, or false',
    );
    expect(() => two(() => ({ webPage: false, path: false }))).not.toThrow();
  });
});
