import type { PodSpec } from '../../../crds-imports/core';
import type { Field } from './field';
import { LABEL_VALUE, labelKey } from './texts';

/** Which taints a pod tolerates. */
export function tolerations(field: Field, { tolerations }: Pick<PodSpec, 'tolerations'>): void {
  field.each('tolerations', tolerations, ({ key, operator = 'Equal', value, effect, tolerationSeconds }, at) => {
    if (key) labelKey(at, 'key', key);
    else if (operator !== 'Exists')
      at.at('operator').must('be "Exists" when there is no key, which stands for every taint', operator);
    if (operator === 'Exists' && value) at.at('value').must('be left out when the operator is "Exists"', value);
    if (operator === 'Equal') at.text('value', value, LABEL_VALUE);
    if (tolerationSeconds !== undefined && effect !== 'NoExecute')
      at.at('effect').must('be "NoExecute" when there are tolerationSeconds', effect);
  });
}
