import { App } from 'cdk8s';
import { KubeflowPlatform } from 'cdk8s-kubeflow';
import type { Environment } from './environments/environment';
import { laptop } from './environments/laptop';
import { mesh } from './environments/mesh';
import { production } from './environments/production';

/** The environments of this repository, by the name that `ENVIRONMENT` selects. */
export const environments: Readonly<Record<string, Environment>> = { laptop, mesh, production };

/** The platform of an environment, as an app of its own. */
export function platform(environment: Environment): App {
  const app = new App();
  new KubeflowPlatform(app, 'kubeflow', environment.platform);
  return app;
}
