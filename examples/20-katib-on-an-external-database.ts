// Hyperparameter tuning on its own: Katib with the metrics of its trials in a PostgreSQL that is there already, trials of two more
// kinds, and the web interface behind an Ingress that authenticates users.
import { App } from 'cdk8s';
import {
  batch,
  Credentials,
  KubeflowPlatform,
  SqlDatabase,
  synth,
  TrialResource,
  TrialTemplate,
  WebAppAccess,
} from 'cdk8s-kubeflow';

const app = new App();

const learningRate = TrialTemplate.parameter('learningRate');

new KubeflowPlatform(app, 'kubeflow', {
  components: {
    certManager: {},
    kubeflowNamespace: {},
    kubeflowRoles: {},
    katib: {
      database: SqlDatabase.externalPostgres({
        host: 'postgres.databases.svc',
        user: 'katib',
        // Made by whoever runs the database: kubectl create secret generic katib-database -n kubeflow --from-literal=password=…
        credentials: Credentials.existing('katib-database', 'password'),
        certificateAuthority: { configMap: 'company-ca', key: 'ca.crt' },
      }),
      // The controller may create and watch what it is told about, nothing else.
      trialResources: [...TrialResource.release, TrialResource.paddleJob, TrialResource.jaxJob],
      algorithms: {
        pbt: {
          persistentVolumeClaimSpec: {
            accessModes: ['ReadWriteMany'],
            storageClassName: 'nfs',
            resources: { requests: { storage: '50Gi' } },
          },
        },
        enas: false,
        darts: false,
      },
      trialTemplates: {
        enasCPUTemplate: false,
        resnet: TrialTemplate.of(batch.jobs, {
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [
                  {
                    name: 'training-container',
                    image: 'ghcr.io/my-org/resnet-train:1.4',
                    command: ['python3', 'train.py', `--lr=${learningRate}`],
                  },
                ],
              },
            },
          },
        }),
      },
      access: WebAppAccess.ingress({
        host: 'ml.example.com',
        className: 'nginx',
        controllerNamespace: 'ingress-nginx',
        tlsSecret: 'ml-example-com-tls',
        userHeader: 'x-auth-request-email',
        annotations: {
          'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com/oauth2/auth',
          'nginx.ingress.kubernetes.io/auth-signin': 'https://login.example.com/oauth2/start',
          'nginx.ingress.kubernetes.io/auth-response-headers': 'X-Auth-Request-Email',
        },
      }),
    },
  },
});

synth(app);
