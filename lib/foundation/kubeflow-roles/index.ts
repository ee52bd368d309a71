export { KubeflowRoles } from './kubeflow-roles';
