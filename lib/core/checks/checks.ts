import type { Finding } from '../finding';
import type { ObjectModel } from '../object-model';
import { error, findings, type Rule } from '../rule';
import { IDENTITY_RULES, identities } from './identity';
import { LABEL_RULES } from './labels';
import { checkStructure, KIND_RULE, SCHEMA_RULE } from './structure';
import { UNUSED_RULES, unused } from './unused';
import { REFERENCE_NAME_RULE, VALIDATION_RULES, validation } from './validation';
import { checkWorld, type OpenWorld, WORLD_RULES } from './world';

/** The rule of a plan, which is made once nothing else is wrong. */
export const CYCLE_RULE = error(
  'kubernetes/cyclic-order',
  'Objects that wait for each other never become ready.',
  (cycle: Error) => cycle.message,
);

/** The kernel's own rules. */
export const KERNEL_RULES: readonly Rule<never>[] = [
  ...IDENTITY_RULES,
  KIND_RULE,
  SCHEMA_RULE,
  ...LABEL_RULES,
  ...VALIDATION_RULES,
  REFERENCE_NAME_RULE,
  ...WORLD_RULES,
  ...UNUSED_RULES,
  CYCLE_RULE,
];

/** What the checks say of a model. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** CEL rules of definitions that apply to the objects and are left to the API server. */
  readonly rulesLeftToServer: number;
}

/** Holds a model to the kernel's rules and to others. @param open what a reference to something missing weighs where the world is open */
export function checkModel(model: ObjectModel, open: OpenWorld, rules: readonly Rule<ObjectModel>[]): Checked {
  const structure = checkStructure(model);
  const wellFormed = model.without(structure.malformed);
  return {
    findings: [
      ...model.findings,
      ...identities(model),
      ...structure.findings,
      ...unused(model),
      ...findings(LABEL_RULES, wellFormed),
      ...validation(wellFormed),
      ...checkWorld(open)(wellFormed),
      ...findings(rules, wellFormed),
    ],
    rulesLeftToServer: structure.rulesLeftToServer,
  };
}
