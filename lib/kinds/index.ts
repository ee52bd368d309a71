import { Facts } from '../core';
import { CERT_MANAGER } from './cert-manager';
import { GATEWAY_API } from './gateway-api';
import { ISTIO } from './istio';
import { JOBSET } from './jobset';
import { KATIB } from './katib';
import { KEDA } from './keda';
import { KNATIVE } from './knative';
import { KSERVE } from './kserve';
import { KUEUE } from './kueue';
import { NOTEBOOKS } from './notebooks';
import { NVIDIA } from './nvidia';
import { PIPELINES } from './pipelines';
import { PROFILES } from './profiles';
import { RAY } from './ray';
import { SPARK } from './spark';
import { TRAINER } from './trainer';
import { TRAINING_OPERATOR } from './training-operator';

/** What is known of the kinds of Kubernetes, of Kubeflow and of what Kubeflow stands on: what `synth` and a deployment go by. */
export const FACTS = Facts.kubernetes.and(
  ...CERT_MANAGER,
  ...ISTIO,
  ...GATEWAY_API,
  ...KNATIVE,
  ...KEDA,
  ...KUEUE,
  ...JOBSET,
  ...PROFILES,
  ...NOTEBOOKS,
  ...TRAINING_OPERATOR,
  ...TRAINER,
  ...KATIB,
  ...KSERVE,
  ...PIPELINES,
  ...RAY,
  ...SPARK,
  ...NVIDIA,
);
