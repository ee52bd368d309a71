// Deploys the objects that its configuration lists.

import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart } from 'cdk8s';
import { core, KubeObject } from 'cdk8s-kubeflow';
import { asString, Deployment, password, type Retention } from 'cdk8s-kubeflow/pulumi';

type Listed = { readonly apiVersion: string; readonly kind: string; readonly metadata: { readonly name: string } };

const config = new pulumi.Config();

function chart(): Chart {
  return new Chart(new App(), 'team');
}

const listed = chart();
const objects = config
  .requireObject<Listed[]>('objects')
  .map((object) => new ApiObject(listed, `${object.kind}-${object.metadata.name}`, object));
const deployment = new Deployment('main', { app: listed.node.root, retain: config.get<Retention>('retain') ?? 'nothing' });

/** Another model in the same program, with what is only known when the first one is there. */
if (config.getBoolean('late')) {
  const late = chart();
  const [first] = objects;
  new KubeObject(late, 'late', core.configmaps, {
    metadata: { name: 'late', namespace: 'team' },
    data: { known: 'yes', first: `id: ${first ? asString(deployment.resource(first).id) : ''}` },
  });
  new Deployment('late', { app: late.node.root });
}

if (config.getBoolean('password')) {
  const generated = chart();
  new KubeObject(generated, 'generated', core.secrets, {
    metadata: { name: 'generated', namespace: 'default' },
    stringData: { password: asString(password('generated')) },
  });
  new Deployment('generated', { app: generated.node.root });
}
