import { App } from 'cdk8s';
import { Credentials, Existing, type ImageSettings, KubeflowPlatform, SqlDatabase } from 'cdk8s-kubeflow';

/** Components of the release that the library declares, by the names of the reference. */
export const COMPONENTS = [
  'cert-manager',
  'cluster-local-gateway',
  'istio',
  'katib',
  'kserve',
  'kserve-models-web-app',
  'kubeflow-istio-resources',
  'kubeflow-namespace',
  'kubeflow-roles',
  'model-registry',
  'trainer',
  'training-operator',
];

/**
 * The platform with the settings that upstream's own example has.
 *
 * @param images where its images come from. @default - the registries of the release
 */
export function upstreamExample(images?: ImageSettings): App {
  const app = new App();
  new KubeflowPlatform(app, 'kubeflow', {
    images,
    // Without TLS its gateway answers under any name.
    endpoint: { hosts: ['example.com'], tls: 'none' },
    components: {
      istio: {},
      certManager: {},
      katib: {
        database: SqlDatabase.bundledMySql({ credentials: Credentials.existing('katib-mysql-secrets', 'MYSQL_ROOT_PASSWORD') }),
      },
      kubeflowNamespace: {},
      kubeflowRoles: {},
      trainer: {},
      trainingOperator: {},
      kserve: { deploymentMode: 'Knative' },
      kserveModelsWebApp: {},
      modelRegistry: {
        namespace: 'kubeflow-user-example-com',
        database: SqlDatabase.bundledPostgres({
          credentials: Credentials.existing('model-registry-db-secrets', 'POSTGRES_PASSWORD'),
        }),
        description: 'An example model registry',
      },
    },
    existing: {
      objects: [Existing.definitions('serving.knative.dev'), Existing.namespace('kubeflow-user-example-com')],
    },
  });
  return app;
}
