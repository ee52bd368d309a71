import { describe, type FoundPodSpec, type Manifest, type ObjectModel, podSpecs, type Rule } from '../../core';
import { identityOf } from '../../core/manifest';
import { addedTo, furtherPods } from './added-containers';
import type { Level } from './control';
import { securityProblems } from './standards';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** An object in a namespace that holds its pods to a level. */
interface HeldObject {
  readonly object: Manifest;
  /** Path of the construct. */
  readonly owner: string;
  readonly level: Level;
  /** How messages call the namespace and its level. */
  readonly words: string;
}

/** A pod that such an object makes. */
interface HeldPod extends FoundPodSpec, HeldObject {}

/** The level of a namespace that the model has; undefined where nothing is refused, or nobody knows. */
function levelOf({ index }: ObjectModel, namespace: string): Level | undefined {
  const level = index.get(identityOf('', 'Namespace', undefined, namespace))?.metadata.labels?.[ENFORCE];
  return level === 'baseline' || level === 'restricted' ? level : undefined;
}

function* heldObjects(model: ObjectModel): Iterable<HeldObject> {
  for (const { construct, manifest } of model.objects) {
    const { namespace } = manifest.metadata;
    const level = namespace === undefined ? undefined : levelOf(model, namespace);
    if (!level) continue;
    const words = `the namespace ${namespace} holds its pods to the level ${level}`;
    yield { object: manifest, owner: construct.node.path, level, words };
  }
}

/** Its pods are made for the services that build on it, in their namespaces: the release's presets stand in that of KServe. */
function isPreset({ object }: HeldObject): boolean {
  return object.kind === 'LLMInferenceServiceConfig';
}

function* heldPods(model: ObjectModel): Iterable<HeldPod> {
  for (const held of heldObjects(model)) if (!isPreset(held)) for (const pod of podSpecs(held.object)) yield { ...pod, ...held };
}

/** Whether a pod is a part of one, which something else completes: a patch of a runtime, a preset. What it lacks may stand there. */
function isPart({ spec }: FoundPodSpec): boolean {
  return spec.containers.some(({ image }) => !image);
}

/** Rules of the Pod Security standards. */
export const podSecurity: readonly Rule<ObjectModel>[] = [
  {
    id: 'kubernetes/pod-security',
    level: 'error',
    reason: 'A namespace refuses pods that do not meet its level; what makes them is taken, and waits for them for ever.',
    *check(model) {
      for (const pod of heldPods(model)) {
        const problems = securityProblems(isPart(pod) ? 'baseline' : pod.level, pod);
        if (problems.length === 0) continue;
        const message = `${describe(pod.object)}: ${pod.words}, which refuses those of ${pod.path || 'the pod'}: ${problems.join('; ')}`;
        yield { path: pod.owner, message };
      }
    },
  },
  {
    id: 'kubernetes/pod-security-of-controller',
    level: 'warning',
    reason:
      'A namespace of the level restricted refuses pods to which a controller adds a container that says nothing of its security.',
    *check(model) {
      for (const { object, owner, level, words } of heldObjects(model)) {
        const further = level === 'restricted' ? furtherPods(object) : undefined;
        if (!further) continue;
        const message = `${describe(object)}: ${words}, and ${further.by} makes pods for it with the container ${further.container}, which does not meet it: ${further.remedy}`;
        yield { path: owner, message };
      }
      for (const pod of heldPods(model)) {
        if (pod.level !== 'restricted') continue;
        for (const { container, by, remedy } of addedTo(pod.object, pod.path)) {
          const message = `${describe(pod.object)}: ${pod.words}, and ${by} adds the container ${container} to those of ${pod.path}, which does not meet it: ${remedy}`;
          yield { path: pod.owner, message };
        }
      }
    },
  },
];
