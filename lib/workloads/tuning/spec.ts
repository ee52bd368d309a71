import { given } from '../pod/given';
import { algorithmSpec } from './algorithm';
import { earlyStoppingSpec } from './early-stopping';
import { metricsCollectorSpec } from './metrics-collector';
import { nasConfig } from './nas';
import { objectiveSpec } from './objective';
import { parameterSpec } from './parameter';
import { type ExperimentFacts, referredBy } from './rules/facts';
import { textsOf } from './texts';
import { namesIn, type TrialParameter, trialField } from './trial-parameter';

/** The spec of an experiment, without overrides. */
export function experimentSpec(experiment: Omit<ExperimentFacts, 'spec' | 'katib' | 'name'>): object {
  const { objective, algorithm, earlyStopping, parameters, nas, metrics } = experiment;
  return {
    objective: objectiveSpec(objective),
    algorithm: algorithmSpec(algorithm),
    ...given({
      earlyStopping: earlyStopping && earlyStoppingSpec(earlyStopping),
      maxTrialCount: experiment.maxTrialCount,
      parallelTrialCount: experiment.parallelTrialCount,
      maxFailedTrialCount: experiment.maxFailedTrialCount,
      resumePolicy: experiment.resumePolicy,
      parameters: parameters.length > 0 ? parameters.map(parameterSpec) : undefined,
      nasConfig: nas && nasConfig(nas),
      metricsCollectorSpec: metrics && metricsCollectorSpec(metrics),
    }),
    trialTemplate: trialTemplate(experiment),
  };
}

function trialTemplate(experiment: Omit<ExperimentFacts, 'spec' | 'katib' | 'name'>): object {
  const { object, configMap, ...options } = experiment.trial;
  const fields = textsOf(object).flatMap(({ text }) => namesIn(text).flatMap((name) => trialField(name) ?? []));
  const byName = new Map<string, TrialParameter>(
    [...referredBy(experiment), ...fields].map((parameter) => [parameter.name, parameter]),
  );
  return {
    ...given({
      primaryContainerName: options.primaryContainer,
      primaryPodLabels: options.primaryPodLabels,
      successCondition: options.successCondition,
      failureCondition: options.failureCondition,
      retain: options.retain,
    }),
    trialParameters: [...byName.values()].map(({ name, description, reference }) => ({
      name,
      ...given({ description }),
      reference,
    })),
    ...given({ configMap, trialSpec: object }),
  };
}
