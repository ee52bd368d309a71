import type { Manifest } from '../manifest';
import { podSpecs } from '../pods';
import { checkValues } from '../schemas/check';
import { Schemas } from '../schemas/schemas';
import { type Fault, Field, isTemplate } from './field';
import { VALIDATIONS } from './kinds';
import { pod } from './pods';
import type { ValidatedSubject } from './subjects';

/**
 * What Kubernetes' own validation has against an object that is what its schema says: of its own kinds what the API server would
 * refuse, of custom ones what it would say of the pods that their controllers make.
 */
export function validate(object: Manifest): readonly Fault[] {
  const own = VALIDATIONS[`${object.apiVersion} ${object.kind}`];
  if (own) {
    const [subject, validation] = own;
    return Field.faults({ path: '', isPartial: false }, subject, (field) => validation(field, withoutNulls(object) as never));
  }
  if (!isCustom(object)) return [];
  const nothing = [...withoutContainers(object, '')].map(
    (path): Fault => fault('container', `${path}.containers`, 'must have at least one'),
  );
  const pods = podSpecs(object).flatMap(({ path, spec }) => {
    const plain = withoutNulls(spec);
    const { schema, source } = Schemas.podSpec;
    const violations = checkValues(schema, plain, source, isTemplate);
    if (violations.length === 0) return Field.faults({ path, isPartial: true }, 'pod', (field) => pod(field, plain));
    return violations.map((violation): Fault => fault('pod', joined(path, violation.path), violation.message));
  });
  return [...nothing, ...pods];
}

function fault(subject: ValidatedSubject, path: string, message: string): Fault {
  return { severity: 'error', rule: `kubernetes/invalid-${subject}`, path, message };
}

/** Where the templates of pods without a container are, which nobody would take for pods. */
function* withoutContainers(node: unknown, path: string): Iterable<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, member] of Object.entries(node)) {
    const at = Array.isArray(node) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    const { containers } = (key === 'template' && (member as { spec?: { containers?: unknown } } | null)?.spec) || {};
    if (Array.isArray(containers) && containers.length === 0) yield `${at}.spec`;
    else yield* withoutContainers(member, at);
  }
}

/** Whether others than Kubernetes make something of an object. */
export function isCustom({ apiVersion }: Manifest): boolean {
  return apiVersion.includes('.') && !/\.k8s\.io\//.test(apiVersion);
}

/** A null stands for nothing. The same value, when there is none in it. */
function withoutNulls<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.map(withoutNulls);
    return list.every((item, index) => item === value[index]) ? value : (list as T);
  }
  let changed = false;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const plain = withoutNulls(member);
    if (plain === null || plain !== member) changed = true;
    if (plain !== null) copy[key] = plain;
  }
  return changed ? (copy as T) : value;
}

function joined(path: string, rest: string): string {
  return rest ? `${path}.${rest}` : path;
}
