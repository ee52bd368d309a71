// The program that the engine test deploys: the slice of the platform and a team's chart, with what the configuration changes.

import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { core, images, KubeflowPlatform, KubeObject, TrainingJob } from 'cdk8s-kubeflow';
import { asString, type Definitions, Deployment, type Retention } from 'cdk8s-kubeflow/pulumi';
import { Construct } from 'constructs';

const config = new pulumi.Config();
const app = new App();

const platform = new KubeflowPlatform(app, 'kubeflow', {
  components: { certManager: {}, kubeflowNamespace: {}, kubeflowRoles: {}, trainingOperator: {} },
  images: config.get('image') ? { overrides: { [images.trainingOperator.controller.repository]: config.require('image') } } : {},
});

const team = new Chart(platform, 'team', { namespace: 'team' });
new KubeObject(team, 'namespace', core.namespaces, { metadata: { name: 'team' } });
const parent = config.getBoolean('moved') ? new Construct(team, 'configuration') : team;
const settings = new KubeObject(parent, 'settings', core.configmaps, {
  metadata: { name: 'settings' },
  data: { greeting: config.get('greeting') ?? 'hello', address: `https://${asString(pulumi.output('kubeflow.example.com'))}/` },
});
new KubeObject(team, 'credentials', core.secrets, {
  metadata: { name: 'credentials' },
  stringData: { password: asString(pulumi.secret('correct horse')) },
});
new TrainingJob(team, 'mnist', { pytorch: { master: 1, worker: 2 }, image: 'ghcr.io/my-org/mnist:1.0' });

/** A transform sees every resource, definitions included, so it is left out where time is taken. */
const transforms: pulumi.ResourceTransform[] = [
  ({ type, props, opts }) => {
    if (type !== 'kubernetes:core/v1:ConfigMap') return undefined;
    const { metadata } = props;
    return { props: { ...props, metadata: { ...metadata, labels: { ...metadata.labels, transformed: 'true' } } }, opts };
  },
];

const deployment = new Deployment(
  'kubeflow',
  {
    app,
    definitions: config.get<Definitions>('definitions'),
    retain: config.get<Retention>('retain'),
    moved: [{ from: 'kubeflow/team/settings', to: 'kubeflow/team/configuration/settings' }],
  },
  config.getBoolean('transform') ? { transforms } : {},
);

export const settingsName =
  config.get('definitions') === 'only' ? undefined : deployment.resource(settings).metadata.apply(({ name }) => name);
