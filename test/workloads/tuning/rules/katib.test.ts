import { Algorithm, EarlyStopping, kubeflow, MetricsCollector, TrialResource } from '../../../../lib';
import { KATIB_RULES } from '../../../../lib/workloads/tuning/rules/katib';
import { describeRules, image, least, training, without } from '../support';

describeRules('rules of what a Katib is configured with', KATIB_RULES, {
  'katib/unknown-algorithm': {
    refused: [
      { ...least, algorithm: Algorithm.named('bohb') },
      'bohb is a proposal that Katib never built; the nearest are hyperband',
    ],
    accepted: [{ ...least, algorithm: Algorithm.named('bohb', { x: 1 }), katib: { algorithms: ['bohb'] } }],
  },
  'katib/unknown-early-stopping': {
    refused: [
      { ...least, earlyStopping: EarlyStopping.median(), katib: without },
      'katib has no early stopping medianstop; it has none',
    ],
    accepted: [{ ...least, katib: without }],
  },
  'katib/unknown-trial-kind': {
    refused: [training({ image, jax: { worker: 1 } }), 'the release runs no trials of kind JAXJob, only TrainJob, Job, TFJob'],
    accepted: [training({ image, jax: { worker: 1 } }, {}, { katib: { trialResources: [TrialResource.of(kubeflow.jaxjobs)] } })],
  },
  'katib/unknown-metrics-collector': {
    refused: [{ ...least, metrics: MetricsCollector.prometheus() }, 'the release configures no collector PrometheusMetric'],
    accepted: [{ ...least, metrics: MetricsCollector.prometheus(), katib: { metricsCollectors: ['PrometheusMetric'] } }],
  },
});
