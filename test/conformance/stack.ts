import { App } from 'cdk8s';
import { Credentials, Existing, type ImageSettings, KubeflowPlatform, SqlDatabase } from 'cdk8s-kubeflow';

/** Components of the release that the library declares, by the names of the reference. */
export const COMPONENTS = [
  'cert-manager',
  'katib',
  'kserve',
  'kserve-models-web-app',
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
    components: {
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
      istio: {
        gateway: 'kubeflow/kubeflow-gateway',
        namespace: 'istio-system',
        gatewayPrincipal: 'cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account',
      },
      objects: [Existing.definitions('serving.knative.dev'), Existing.namespace('kubeflow-user-example-com')],
    },
  });
  return app;
}
