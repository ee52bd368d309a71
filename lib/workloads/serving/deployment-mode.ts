export type { KnativeFeature } from '../../contracts';

/** How KServe runs a server: as a Knative Service, or as a plain Deployment with a horizontal pod autoscaler. */
export type DeploymentMode = 'Knative' | 'Standard';
