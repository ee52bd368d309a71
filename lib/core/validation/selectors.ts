import type { LabelSelector } from '../../../crds-imports/meta';
import type { Field } from './field';
import { LABEL_VALUE, labelKey } from './texts';

/** Labels by which objects are chosen. */
export function selector(field: Field, name: string, value: LabelSelector | undefined): void {
  if (!value) return;
  const at = field.as('selector').at(name);
  labels(at, 'matchLabels', value.matchLabels);
  at.each('matchExpressions', value.matchExpressions, ({ key, operator, values = [] }, expression) => {
    labelKey(expression, 'key', key);
    operands(expression, operator, values);
    expression.texts('values', values, LABEL_VALUE);
  });
}

/** A record of labels. */
export function labels(field: Field, name: string, record: Readonly<Record<string, string>> | undefined): void {
  const parent = field.at(name);
  field.entries(name, record, (key, value) => {
    labelKey(parent, key, key);
    parent.text(key, value, LABEL_VALUE);
  });
}

/** How many values an operator takes. */
export function operands(field: Field, operator: string, values: readonly string[]): void {
  const at = field.at('values');
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) at.say(`is required by the operator "${operator}"`);
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) at.say(`has ${values.length}, must be left out when the operator is "${operator}"`);
      break;
    case 'Gt':
    case 'Lt':
      if (values.length !== 1) at.say(`has ${values.length}, must have one when the operator is "${operator}"`);
      break;
    default:
      field.at('operator').must('be one of "In", "NotIn", "Exists", "DoesNotExist"', operator);
  }
}

/** Whether a selector chooses an object by its labels. */
export function matches(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  found: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => found[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = found[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const isIn = value !== undefined && values.includes(value);
      return operator === 'In' ? isIn : !isIn;
    })
  );
}
