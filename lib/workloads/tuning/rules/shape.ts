import { together } from '../../../core';
import { checkAgainst } from '../../../core/schemas/check';
import { EXPERIMENT, EXPERIMENT_SOURCE } from '../schema';
import { error } from './facts';

/** The rule that what overrides write is an experiment, too: the definition of experiments lets everything pass. */
export const SHAPE_RULES = [
  error('HPO-shape', ({ spec }) =>
    together(
      checkAgainst(EXPERIMENT, spec, EXPERIMENT_SOURCE, ['spec']).violations.map(({ path, message }) => `${path} ${message}`),
    ),
  ),
];
