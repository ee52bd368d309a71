// One program: a cluster, the platform on it, and what the platform is told of the cluster.
import { local } from '@pulumi/command';
import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { core, KubeflowPlatform, KubeObject, training } from 'cdk8s-kubeflow';
import { asString, Deployment, kubernetesProvider, password } from 'cdk8s-kubeflow/pulumi';

// Any cluster does whose kubeconfig is an Output, for instance one of @pulumi/eks or @pulumi/gcp; this one is on the same machine.
const cluster = new local.Command('cluster', {
  create: 'kind create cluster --name kubeflow >&2 && kind get kubeconfig --name kubeflow',
  delete: 'kind delete cluster --name kubeflow',
});
const kubeconfig = pulumi.secret(cluster.stdout);

const app = new App();
const platform = new KubeflowPlatform(app, 'kubeflow', { components: { certManager: {}, ...training() } });

const store = new Chart(platform, 'store', { namespace: 'kubeflow' });
const credentials = new KubeObject(store, 'credentials', core.secrets, {
  metadata: { name: 'store-credentials' },
  stringData: { user: 'kubeflow', password: asString(password('store')) },
});

const deployment = new Deployment('kubeflow', { app, provider: kubernetesProvider('cluster', { kubeconfig }) });

export { kubeconfig };
export const credentialsName = deployment.resource(credentials).metadata.name;
