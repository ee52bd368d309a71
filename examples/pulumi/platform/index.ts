// The stack of the platform team. Every tenant has a stack of its own, see ../tenant.
import * as pulumi from '@pulumi/pulumi';
import { App } from 'cdk8s';
import { KubeflowPlatform, training } from 'cdk8s-kubeflow';
import { Deployment, kubernetesProvider } from 'cdk8s-kubeflow/pulumi';

const config = new pulumi.Config();

const app = new App();
new KubeflowPlatform(app, 'kubeflow', { components: { certManager: {}, ...training(), trainingOperator: {} } });

new Deployment('kubeflow', { app, provider: kubernetesProvider('cluster', { kubeconfig: config.requireSecret('kubeconfig') }) });

/** What tenants need to know. */
export const kubeconfig = config.requireSecret('kubeconfig');
export const registry = config.require('registry');
