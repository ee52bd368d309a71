/** The file that configures the trainer's controller manager. */
export interface TrainerConfiguration {
  readonly apiVersion: 'config.trainer.kubeflow.org/v1alpha1';
  readonly kind: 'Configuration';
  readonly health: {
    readonly healthProbeBindAddress: string;
    readonly readinessEndpointName: string;
    readonly livenessEndpointName: string;
  };
  readonly metrics: { readonly bindAddress: string; readonly secureServing: boolean };
  readonly webhook: { readonly port: number; readonly host: string };
  readonly leaderElection: {
    readonly leaderElect: boolean;
    readonly resourceName: string;
    readonly resourceNamespace: string;
    readonly leaseDuration: string;
    readonly renewDeadline: string;
    readonly retryPeriod: string;
  };
  /** Objects that are worked on at once, by `Kind.group`. */
  readonly controller: { readonly groupKindConcurrency: Readonly<Record<string, number>> };
  readonly certManagement: { readonly enable: boolean; readonly webhookServiceName: string; readonly webhookSecretName: string };
  /** Requests to the API server in a second, and in a burst. */
  readonly clientConnection: { readonly qps: number; readonly burst: number };
  readonly statusServer: { readonly port: number; readonly qps: number; readonly burst: number };
}
