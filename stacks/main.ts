import { synth } from 'cdk8s-kubeflow';
import { environments, platform } from './platform';

const name = process.env.ENVIRONMENT ?? 'laptop';
const environment = environments[name];
if (!environment) throw new Error(`ENVIRONMENT is ${JSON.stringify(name)}; there are ${Object.keys(environments).join(', ')}`);

synth(platform(environment), { checks: environment.checks });
