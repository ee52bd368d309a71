export type { NodePlatform } from './cni';
export { IstioMesh, type IstioMeshProps } from './istio-mesh';
