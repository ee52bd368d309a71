import { Deployment } from 'cdk8s-kubeflow/pulumi';
import { platform } from './platform';
import { settings } from './settings';

const { environment, definitions, retain } = settings();

new Deployment('kubeflow', { app: platform(environment), checks: environment.checks, definitions, retain });
