export { Knative } from './knative';
