export {
  type GrafanaDashboards,
  KServeModelsWebApp,
  type KServeModelsWebAppProps,
} from './kserve-models-web-app';
