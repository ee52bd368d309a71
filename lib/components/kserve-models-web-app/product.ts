import type { NoOptions, Product } from '../../contracts';
import { KServeModelsWebApp, type KServeModelsWebAppProps } from './kserve-models-web-app';

/** The web application of KServe, as a platform takes it. */
export const KSERVE_MODELS_WEB_APP: Product<KServeModelsWebAppProps, NoOptions> = {
  id: 'kserve-models-web-app',
  needs: () => ({ kserve: 'the models that it shows', kubeflowNamespace: 'the namespace kubeflow that it runs in' }),
  install: (platform, id, props) => new KServeModelsWebApp(platform, id, props),
  existing: (scope) => KServeModelsWebApp.existing(scope),
};
