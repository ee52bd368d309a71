import { KATIB } from '../components/katib/product';
import { KSERVE } from '../components/kserve/product';
import { KSERVE_MODELS_WEB_APP } from '../components/kserve-models-web-app/product';
import { MODEL_REGISTRY } from '../components/model-registry/product';
import { TRAINER } from '../components/trainer/product';
import { TRAINING_OPERATOR } from '../components/training-operator/product';
import type { ExistingProduct, Product } from '../contracts';
import { CERT_MANAGER } from '../foundation/cert-manager/product';
import { ISTIO } from '../foundation/istio/product';
import { KNATIVE_SERVING } from '../foundation/knative/product';
import { KUBEFLOW_NAMESPACE } from '../foundation/kubeflow-namespace/product';
import { KUBEFLOW_ROLES } from '../foundation/kubeflow-roles/product';

/** Every product, in the order of the output, what others stand on first. A product is added here and nowhere else. */
export const PRODUCTS = {
  /** Knative Serving, with which KServe runs models in the mode Knative. */
  knative: KNATIVE_SERVING,
  /** Certificates for webhooks. */
  certManager: CERT_MANAGER,
  /** The namespaces kubeflow and kubeflow-system. */
  kubeflowNamespace: KUBEFLOW_NAMESPACE,
  /** The mesh through whose gateway users come; components add their routes and policies to it. */
  istio: ISTIO,
  /** The ClusterRoles kubeflow-admin, -edit and -view. */
  kubeflowRoles: KUBEFLOW_ROLES,
  /** Hyperparameter tuning: Experiments and their trials. */
  katib: KATIB,
  /** TrainJob and its runtimes, on JobSet. */
  trainer: TRAINER,
  /** PyTorchJob, TFJob, MPIJob, XGBoostJob, PaddleJob and JAXJob. */
  trainingOperator: TRAINING_OPERATOR,
  /** InferenceServices, their serving runtimes, and what belongs to them. */
  kserve: KSERVE,
  /** The web application of KServe. */
  kserveModelsWebApp: KSERVE_MODELS_WEB_APP,
  /** A team's registry of models. */
  modelRegistry: MODEL_REGISTRY,
} as const;

type Products = typeof PRODUCTS;

/** Name of a product in a platform's props. */
export type ProductName = keyof Products;

/** Name of a product that a platform can install. */
export type ComponentName = { [Name in ProductName]: Products[Name] extends Product ? Name : never }[ProductName];

/** Components of a platform: naming one installs it. */
export type KubeflowComponents = { readonly [Name in ComponentName]?: Parameters<Products[Name]['install']>[2] };

/** What a cluster has that a platform would install otherwise, or stands on. */
export type ExistingComponents = { readonly [Name in ProductName]?: Parameters<Products[Name]['existing']>[1] };

/** A product, whatever its options are. */
export type AnyProduct = ExistingProduct & Partial<Product>;

/** The same list, for those who treat all alike. */
export const products: readonly (readonly [name: string, product: AnyProduct])[] = Object.entries(PRODUCTS);

/** How a platform gets the definition of a kind: by one of its components, or by saying that the cluster has the product. */
export function providerOf(definition: string): string | undefined {
  const found = products.find(([, { defines = [] }]) => defines.some((kind) => kind.definition === definition));
  if (!found) return undefined;
  const [name, { install }] = found;
  return install ? `components.${name} of a KubeflowPlatform` : `it and say existing.${name} of a KubeflowPlatform`;
}
