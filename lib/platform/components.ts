import type { Construct } from 'constructs';
import type { KatibConfiguration } from '../components/katib/existing';
import { Katib, type KatibProps } from '../components/katib/katib';
import { KServe, type KServeProps } from '../components/kserve/kserve';
import { KServeModelsWebApp, type KServeModelsWebAppProps } from '../components/kserve-models-web-app/kserve-models-web-app';
import { Trainer, type TrainerProps } from '../components/trainer/trainer';
import { TrainingOperator, type TrainingOperatorProps } from '../components/training-operator/training-operator';
import type { IssuerReference } from '../contracts';
import { Existing } from '../core';
import { CertManager, type CertManagerProps } from '../foundation/cert-manager/cert-manager';
import { KubeflowNamespace, type KubeflowNamespaceProps } from '../foundation/kubeflow-namespace/kubeflow-namespace';
import { KubeflowRoles } from '../foundation/kubeflow-roles/kubeflow-roles';
import { KUBEFLOW, KUBEFLOW_SYSTEM } from '../release/namespaces';

/** Components of a platform: naming one installs it. */
export interface KubeflowComponents {
  /** Certificates for webhooks. */
  readonly certManager?: CertManagerProps;
  /** The namespaces kubeflow and kubeflow-system. */
  readonly kubeflowNamespace?: KubeflowNamespaceProps;
  /** The ClusterRoles kubeflow-admin, -edit and -view. */
  readonly kubeflowRoles?: Readonly<Record<string, never>>;
  /** Hyperparameter tuning: Experiments and their trials. */
  readonly katib?: KatibProps;
  /** TrainJob and its runtimes, on JobSet. */
  readonly trainer?: TrainerProps;
  /** PyTorchJob, TFJob, MPIJob, XGBoostJob, PaddleJob and JAXJob. */
  readonly trainingOperator?: TrainingOperatorProps;
  /** InferenceServices, their serving runtimes, and what belongs to them. */
  readonly kserve?: KServeProps;
  /** The web application of KServe. */
  readonly kserveModelsWebApp?: KServeModelsWebAppProps;
}

/** Name of a component in a platform's props. */
export type ComponentName = keyof KubeflowComponents;

/** What a cluster has that a platform would install otherwise. */
export interface ExistingComponents {
  /** cert-manager, with the issuer that signs for the platform. */
  readonly certManager?: { readonly issuer: IssuerReference };
  /** The namespaces kubeflow and kubeflow-system. */
  readonly kubeflowNamespace?: Readonly<Record<string, never>>;
  /** Katib, with what it is configured with beside the release. */
  readonly katib?: KatibConfiguration;
  /** KServe. */
  readonly kserve?: Readonly<Record<string, never>>;
}

/** How a component is installed, and what it takes part in. */
export interface Entry<Props> {
  /** Construct id, and name of the output folder. */
  readonly id: string;
  readonly install: (scope: Construct, id: string, props: Props) => unknown;
  /** Components that it cannot do without, and what for. */
  readonly needs: Partial<Record<ComponentName, string>>;
  /** What is in the cluster when it is declared as existing. */
  readonly provides: readonly Existing[];
}

/** Every component, in the order of the output. A component is added here and nowhere else. */
export const COMPONENTS: { readonly [Name in ComponentName]-?: Entry<NonNullable<KubeflowComponents[Name]>> } = {
  certManager: {
    id: 'cert-manager',
    install: (scope, id, props) => new CertManager(scope, id, props),
    needs: {},
    provides: [
      Existing.namespace('cert-manager'),
      Existing.definitions('cert-manager.io'),
      Existing.definitions('acme.cert-manager.io'),
    ],
  },
  kubeflowNamespace: {
    id: 'kubeflow-namespace',
    install: (scope, id, props) => new KubeflowNamespace(scope, id, props),
    needs: {},
    provides: [Existing.namespace(KUBEFLOW), Existing.namespace(KUBEFLOW_SYSTEM)],
  },
  kubeflowRoles: {
    id: 'kubeflow-roles',
    install: (scope, id) => new KubeflowRoles(scope, id),
    needs: {},
    provides: [],
  },
  katib: {
    id: 'katib',
    install: (scope, id, props) => new Katib(scope, id, props),
    needs: {
      certManager: 'its webhook certificate (kubeflow/katib-webhook-cert)',
      kubeflowNamespace: 'the namespace kubeflow that it runs in',
    },
    provides: [Existing.definitions('kubeflow.org')],
  },
  trainer: {
    id: 'trainer',
    install: (scope, id, props) => new Trainer(scope, id, props),
    needs: { kubeflowNamespace: 'the namespace kubeflow-system that it runs in' },
    provides: [Existing.definitions('trainer.kubeflow.org'), Existing.definitions('jobset.x-k8s.io')],
  },
  trainingOperator: {
    id: 'training-operator',
    install: (scope, id, props) => new TrainingOperator(scope, id, props),
    needs: { kubeflowNamespace: 'the namespace kubeflow that it runs in' },
    provides: [Existing.definitions('kubeflow.org')],
  },
  kserve: {
    id: 'kserve',
    install: (scope, id, props) => new KServe(scope, id, props),
    needs: {
      certManager: 'the certificates of its webhooks',
      kubeflowNamespace: 'the namespace kubeflow that it runs in',
    },
    provides: [Existing.definitions('serving.kserve.io')],
  },
  kserveModelsWebApp: {
    id: 'kserve-models-web-app',
    install: (scope, id, props) => new KServeModelsWebApp(scope, id, props),
    needs: { kserve: 'the models that it shows', kubeflowNamespace: 'the namespace kubeflow that it runs in' },
    provides: [],
  },
};
