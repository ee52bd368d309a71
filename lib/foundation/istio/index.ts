export { Istio } from './istio';
