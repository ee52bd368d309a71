// Model serving on its own: KServe and its web application behind an Ingress controller, without a service mesh and without Knative.
import { App, Chart } from 'cdk8s';
import { KServeIngress, KubeflowPlatform, Model, ModelServer, Scale, synth, WebAppAccess } from 'cdk8s-kubeflow';

const app = new App();

const platform = new KubeflowPlatform(app, 'serving', {
  components: {
    certManager: {},
    kubeflowNamespace: {},
    kubeflowRoles: {},
    kserve: {
      ingress: KServeIngress.kubernetes('nginx'),
      urls: { domain: 'models.example.com', scheme: 'https' },
      servingRuntimes: { without: ['pmmlserver', 'paddleserver', 'predictiveserver'] },
      storageInitializer: { resources: { memoryLimit: '4Gi' } },
    },
    kserveModelsWebApp: {
      access: WebAppAccess.ingress({
        host: 'kserve.example.com',
        className: 'nginx',
        controllerNamespace: 'ingress-nginx',
        tlsSecret: 'kserve-tls',
        userHeader: 'X-Auth-Request-Email',
        // The proxy logs users in, and says who they are.
        annotations: {
          'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com/oauth2/auth',
          'nginx.ingress.kubernetes.io/auth-signin': 'https://login.example.com/oauth2/start',
          'nginx.ingress.kubernetes.io/auth-response-headers': 'X-Auth-Request-Email',
        },
      }),
    },
  },
});

const team = new Chart(platform, 'ml-team-a', { namespace: 'default' });
new ModelServer(team, 'resnet50', { model: Model.pytorch('s3://my-bucket/models/resnet50/v1/'), scale: Scale.between(1, 4) });

synth(app);
