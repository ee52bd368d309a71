// The names that Pulumi programs import. Nothing else of the library needs Pulumi to be installed.
export { credentialsOf, type PasswordOptions, password } from './credentials';
export { type Definitions, Deployment, type DeploymentArgs } from './deployment';
export type { Drift } from './drift';
export { KubeResource } from './kube-resource';
export { MOVED, type Move } from './moved';
export { asField, asString } from './outputs';
export { kubernetesProvider } from './provider';
export type { Retention } from './retention';
