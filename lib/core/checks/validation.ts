import type { Finding } from '../finding';
import { Late } from '../late';
import { describe, type Manifest } from '../manifest';
import { nameProblem } from '../names';
import type { ObjectModel } from '../object-model';
import type { Reference } from '../references';
import { findings, type Rule, type RuleId } from '../rule';
import type { Fault } from '../validation/field';
import { DOUBTS, SUBJECTS } from '../validation/subjects';
import { isCustom, validate } from '../validation/validate';

/** An object and what its validation has against it. */
interface Validated {
  readonly manifest: Manifest;
  readonly faults: readonly Fault[];
}

/** The rules of Kubernetes' validation: one for each subject, and one for each doubt. */
export const VALIDATION_RULES: readonly Rule<Validated>[] = [
  ...SUBJECTS.map(({ id, reason }) => rule(id, 'error', reason)),
  ...DOUBTS.map(({ id, reason }) => rule(id, 'warning', reason)),
];

/** The rule of names by which a custom resource knows another one. */
export const REFERENCE_NAME_RULE: Rule<{ readonly manifest: Manifest; readonly model: ObjectModel }> = {
  id: 'kubernetes/invalid-reference',
  level: 'error',
  reason: 'A controller never finds an object whose name cannot be, and seldom says so.',
  check: ({ manifest, model }) =>
    model.index.references(manifest).flatMap((reference) => {
      const wrong = wrongName(reference);
      return wrong ? [{ message: `${describe(manifest)}: ${reference.path}: ${wrong}` }] : [];
    }),
};

/** Kubernetes' own objects, and all pods, are what its validation takes: the part of it that no schema has. */
export function* validation(model: ObjectModel): Iterable<Finding> {
  for (const manifest of model.manifests) {
    const faults = validate(manifest);
    if (faults.length > 0) yield* findings(VALIDATION_RULES, { manifest, faults }, model.pathOf(manifest));
    if (isCustom(manifest)) yield* findings([REFERENCE_NAME_RULE], { manifest, model }, model.pathOf(manifest));
  }
}

function rule(id: RuleId, level: 'error' | 'warning', reason: string): Rule<Validated> {
  return {
    id,
    level,
    reason,
    check: ({ manifest, faults }) =>
      faults
        .filter((fault) => fault.rule === id)
        .map(({ path, message }) => ({ message: `${describe(manifest)}: ${path} ${message}` })),
  };
}

/** Names of Kubernetes' own objects are validated with the rest. */
function wrongName({ group, kind, name }: Reference): string | undefined {
  return !group.includes('.') || group.endsWith('.k8s.io') || Late.isIn(name) ? undefined : nameProblem(group, kind, name);
}
