import type { EnvVar, ResourceRequirements } from '../../../crds-imports/core';
import { Callers } from '../../blocks/network/callers';
import { Replicas } from '../../blocks/server/replicas';
import { Server } from '../../blocks/server/server';
import type { DatabaseConnection, SqlDatabase } from '../../blocks/store/sql-database';
import type { Caller, Port } from '../../contracts';
import type { Component } from '../../core';
import { images } from '../../release/images';

/** Name of the server's Service, and of what guards it. */
const SERVICE = 'model-registry-service';

/** What the server is told, and who calls it. */
export interface RegistryServerOptions {
  readonly database: SqlDatabase;
  readonly callers: readonly Caller[];
  readonly displayName: string;
  readonly description: string | undefined;
  readonly resources: ResourceRequirements;
}

/** Declares the REST server with its database. */
export function registryServer(registry: Component, options: RegistryServerOptions): Server {
  const selector = { component: 'model-registry-server' };
  const serviceAccount = 'model-registry-server';
  const database = options.database.connect(registry, {
    name: SERVICE,
    namespace: registry.namespace as string,
    selector,
    serviceAccount,
    database: 'metadb',
    bundled: (engine) => ({
      name: 'model-registry-db',
      selector: { component: 'db' },
      image: images.modelRegistry[engine],
      user: 'registry',
      names: { claim: `metadata-${engine}`, container: 'db-container' },
    }),
  });
  const { certificateAuthority: ca } = database;
  const port: Port = {
    port: 8080,
    name: 'http-api',
    served: { appProtocol: 'http' },
    callers: [Callers.gateway, Callers.sameNamespace, ...options.callers],
  };
  const probe = { path: '/readyz/isDirty', periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 };
  return new Server(registry, SERVICE, {
    image: images.modelRegistry.server,
    replicas: Replicas.any(),
    names: { workload: 'model-registry-deployment', serviceAccount, container: 'rest-container' },
    mesh: 'inside',
    selector,
    command: ['/model-registry', 'proxy'],
    args: ['--hostname=0.0.0.0', `--port=${port.port}`, '--datastore-type=embedmd', `--embedmd-database-type=${database.engine}`],
    env: connectionString(database),
    volumes: ca ? [ca.volume] : [],
    ports: [port],
    health: {
      port,
      startup: { ...probe, initialDelaySeconds: 10, periodSeconds: 5, failureThreshold: 6 },
      liveness: { ...probe, initialDelaySeconds: 30 },
      readiness: { ...probe, path: '/readyz/health', initialDelaySeconds: 5 },
    },
    resources: options.resources,
    serviceAnnotations: { displayName: options.displayName, ...(options.description && { description: options.description }) },
    serviceLabels: {
      app: SERVICE,
      'app.kubernetes.io/name': SERVICE,
      'app.kubernetes.io/component': 'model-registry',
      'app.kubernetes.io/part-of': 'model-registry',
      // By this label the web page finds it.
      component: 'model-registry',
    },
  });
}

/** In the environment, where no other process of the node reads the password. */
function connectionString(connection: DatabaseConnection): EnvVar[] {
  const { engine, host, port, database, user, password, sslMode, certificateAuthority: ca } = connection;
  const valueFrom = { secretKeyRef: password };
  const dsn = (value: string) => ({ name: 'MR_EMBEDMD_DATABASE_DSN', value });
  if (engine === 'postgres')
    return [
      { name: 'PGPASSWORD', valueFrom },
      ...(ca ? [{ name: 'PGSSLROOTCERT', value: ca.file }] : []),
      dsn(`postgresql://${user}@${host}:${port}/${database}?sslmode=${sslMode}`),
    ];
  return [
    { name: 'DATABASE_PASSWORD', valueFrom },
    dsn(`${user}:$(DATABASE_PASSWORD)@tcp(${host}:${port})/${database}?charset=utf8mb4`),
  ];
}
