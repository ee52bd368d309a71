import type { PodDisruptionBudget } from '../../../crds-imports/policy';
import type { Field } from './field';
import { intOrPercent } from './int-or-percent';
import { selector } from './selectors';

/** How many pods may be missing. */
export function podDisruptionBudget(field: Field, { spec = {} }: PodDisruptionBudget): void {
  const at = field.at('spec');
  at.oneOf(spec, ['minAvailable', 'maxUnavailable'], 0);
  intOrPercent(at, 'minAvailable', spec.minAvailable, 100);
  intOrPercent(at, 'maxUnavailable', spec.maxUnavailable, 100);
  selector(at, 'selector', spec.selector);
}
