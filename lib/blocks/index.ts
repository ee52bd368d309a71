// For people who write components of their own.

export { IDENTITY, ISSUER, JOB_OPERATOR, KNATIVE, MENU, MESH, SERVING, Settings, TRAINING, TUNING } from '../contracts';
export type { NumberRange } from '../core';
export {
  Contract,
  MANAGE,
  Notes,
  namespaceOf,
  podSpecs,
  RANGES,
  READ,
  rangeProblems,
  refuse,
  Transform,
} from '../core';
export type { MeshReference } from './mesh/sidecar-mesh';
export { sidecarMesh } from './mesh/sidecar-mesh';
export { Callers, type Program } from './network/callers';
export { NamespaceBaseline, type NamespaceBaselineProps, type PodSecurity } from './network/namespace-baseline';
export { having } from './network/network-policy';
export { AggregatedRoles, type AggregatedRolesProps, aggregateTo } from './roles/aggregated-roles';
export type { NamedPermissions, ServiceAccountReference } from './roles/bound-roles';
export { grantShared } from './roles/shared-role';
export { ControllerManager, type ControllerManagerProps } from './server/controller-manager';
export { type ConfigFile, PodVolume, type ServiceAccountToken } from './server/pod-volume';
export type { Health, HealthProbe, ProbeCommand, ProbeGrpc, ProbePath, ProbeTcp } from './server/probe';
export { type Election, Replicas } from './server/replicas';
export { type RollingUpdate, Server, type ServerNames, type ServerProps, type ServiceType } from './server/server';
export { Credentials, type SecretKey } from './store/credentials';
export { mySqlEngine, type SqlServerOptions } from './store/mysql';
export { type BucketConnection, type ExternalS3Options, ObjectStore } from './store/object-store';
export { postgresEngine } from './store/postgres';
export {
  type BundledDatabaseOptions,
  type BundledServer,
  type DatabaseClient,
  type DatabaseConnection,
  type ExternalDatabaseOptions,
  type ExternalPostgresOptions,
  SqlDatabase,
  type SqlEngine,
  type SslMode,
} from './store/sql-database';
export { Store, type StoreEngine, type StoreProps, type StoreVolume } from './store/store';
export { type Users, WebApp, type WebAppProps } from './web-app/web-app';
export type { ExposedWebApp } from './web-app/web-app-access';
export { WebAppAccess, type WebAppIngress } from './web-app/web-app-access';
export type { CertificateHolder, CertificateRoles, CertificateUser } from './webhooks/webhook-certificate';
export { type IssuedCertificate, WebhookCertificate } from './webhooks/webhook-certificate';
export type { WebhookServer } from './webhooks/webhooks';
export { convertedBy, on, type Webhook, type WebhookConfiguration, type Webhooks } from './webhooks/webhooks';
