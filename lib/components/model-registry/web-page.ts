import { subjectaccessreviews } from '../../../crds-imports/authorization.k8s.io';
import { type ResourceRequirements, services } from '../../../crds-imports/core';
import { clusterrolebindings } from '../../../crds-imports/rbac.authorization.k8s.io';
import { grantShared } from '../../blocks/roles/shared-role';
import { WebApp } from '../../blocks/web-app/web-app';
import { USER_HEADER, type WebAppAccess } from '../../blocks/web-app/web-app-access';
import { allow, type Component, ConstructError, READ } from '../../core';
import { images } from '../../release/images';

const NAME = 'model-registry-ui';

/** Where the page is: it is built for this path. */
export const PATH = '/model-registry/';

/** What the page may do: find registries, and ask the API server what its users may. */
const ROLES = [
  { name: 'model-registry-create-sars', permissions: [allow('create').on(subjectaccessreviews)] },
  { name: 'model-registry-retrieve-clusterrolebindings', permissions: [allow(...READ).on(clusterrolebindings)] },
  { name: 'model-registry-ui-services-reader', permissions: [allow(...READ).on(services)] },
];

/**
 * Declares the web page. It shows the registries of the namespace that its user chooses.
 *
 * @throws ConstructError when users come with another header than the page reads
 */
export function webPage(registry: Component, access: WebAppAccess | undefined, resources: ResourceRequirements): WebApp {
  const selector = { app: NAME };
  const probe = {
    path: '/healthcheck',
    scheme: 'HTTP',
    periodSeconds: 30,
    timeoutSeconds: 15,
    failureThreshold: 3,
    successThreshold: 1,
  } as const;
  const page = new WebApp(registry, NAME, {
    image: images.modelRegistry.ui,
    access,
    port: { port: 8080, served: { service: `${NAME}-service`, name: 'http', port: 80 } },
    route: { prefix: PATH, requestHeaders: { 'x-forwarded-prefix': PATH.slice(0, -1) } },
    start: ({ header }) => {
      if (header !== USER_HEADER)
        throw new ConstructError(
          `${registry.node.path}/${NAME}`,
          `it reads the user from the header ${USER_HEADER} alone, and users come with ${header}`,
        );
      return { args: ['--deployment-mode=kubeflow', '--port=8080'] };
    },
    probes: { liveness: { ...probe, initialDelaySeconds: 30 }, readiness: { ...probe, initialDelaySeconds: 15 } },
    selector,
    apiToken: true,
    resources,
    serviceLabels: { run: NAME },
  });
  for (const role of ROLES) grantShared(registry, { ...role, binding: `${role.name}-binding` }, page);
  return page;
}
