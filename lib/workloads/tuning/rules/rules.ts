import type { Rule } from '../../../core/rule';
import { ALGORITHM_RULES } from './algorithm';
import { EXPERIMENT_RULES } from './experiment';
import type { ExperimentFacts } from './facts';
import { KATIB_RULES } from './katib';
import { METRICS_RULES } from './metrics';
import { SEARCH_RULES } from './search';
import { SHAPE_RULES } from './shape';
import { TRIAL_RULES } from './trial';

/** The rules of experiments. */
export const HPO_RULES: readonly Rule<ExperimentFacts>[] = [
  ...EXPERIMENT_RULES,
  ...SEARCH_RULES,
  ...KATIB_RULES,
  ...ALGORITHM_RULES,
  ...TRIAL_RULES,
  ...METRICS_RULES,
  ...SHAPE_RULES,
];
