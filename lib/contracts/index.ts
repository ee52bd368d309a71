export { AUTHORIZER, type Authorizer } from './authorizer';
export type { Caller, Peer, Source } from './caller';
export { ENDPOINT, Endpoint, type EndpointOptions, type EndpointTls } from './endpoint';
export { IDENTITY, type Identity } from './identity';
export { ISSUER, type IssuerReference } from './issuer';
export { KNATIVE, type KnativeFeature, type KnativeServing } from './knative';
export { MENU, type MenuEntry } from './menu';
export {
  type Gateway,
  type GuardedServer,
  type LocalGatewayPods,
  MESH,
  type Membership,
  type Mesh,
  type Route,
} from './mesh';
export { NAMESPACE_CALLERS, type NamespaceCaller } from './namespace-caller';
export { POD_DEFAULTS, type PodDefaults } from './pod-defaults';
export type { Port, ServedPort } from './port';
export type { ExistingProduct, NoOptions, Product } from './product';
export { type DeploymentMode, type GatewayUrls, SERVING, type ServedRuntime, type Serving } from './serving';
export { type Availability, type PlatformSettings, Settings } from './settings';
export { JOB_OPERATOR, type JobOperator, TRAINING, type Training } from './training';
export { TUNING, type Tuning } from './tuning';
