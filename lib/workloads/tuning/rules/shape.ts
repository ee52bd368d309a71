import { together } from '../../../core';
import { error, type Rule } from '../../../core/rule';
import { checkAgainst } from '../../../core/schemas/check';
import { EXPERIMENT, EXPERIMENT_SOURCE } from '../schema';
import type { ExperimentFacts } from './facts';

/** The rule that what overrides write is an experiment, too: the definition of experiments lets everything pass. */
export const SHAPE_RULES: readonly Rule<ExperimentFacts>[] = [
  error(
    'katib/invalid-experiment',
    "Katib's definition lets every field pass, so a misspelt one only has no effect.",
    ({ spec }) =>
      together(
        checkAgainst(EXPERIMENT, spec, EXPERIMENT_SOURCE, ['spec']).violations.map(({ path, message }) => `${path} ${message}`),
      ),
  ),
];
