// One stack per tenant: `pulumi stack init ml-team-a`. It reads what it needs from the platform's stack, and leaves the platform alone.
import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { core, KubeObject, TrainingJob } from 'cdk8s-kubeflow';
import { asString, Deployment, kubernetesProvider } from 'cdk8s-kubeflow/pulumi';

const team = pulumi.getStack();
const platform = new pulumi.StackReference(new pulumi.Config().require('platform'));
const registry = asString(platform.requireOutput('registry'));

const app = new App();
const chart = new Chart(app, team, { namespace: team });
new KubeObject(chart, 'namespace', core.namespaces, { metadata: { name: team } });
new TrainingJob(chart, 'imagenet-resnet50', { pytorch: { master: 1, worker: 3 }, image: `${registry}/${team}/resnet-train:1.4` });

new Deployment(team, { app, provider: kubernetesProvider('cluster', { kubeconfig: platform.requireOutput('kubeconfig') }) });
