import type { Container, PodSpec } from '../../../crds-imports/core';
import { DNS_LABEL } from '../names';
import { environment } from './environment';
import type { Field } from './field';
import { image } from './images';
import { mounts } from './mounts';
import { containerPorts } from './ports';
import { probes } from './probes';
import { resources } from './resources';
import { securityContext } from './security-context';

/** What an init container has only when it runs beside the others. */
const WHILE_RUNNING = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** What becomes of a policy that most API servers do not have yet. */
const DROPPED = 'is dropped without the feature gate ContainerRestartRules; of init containers, "Always" is kept';

/** The containers of a pod. @param volumes names of the pod's */
export function containers(field: Field, pod: PodSpec, volumes: ReadonlySet<string>): void {
  if (!pod.containers?.length) field.at('containers').say('must have at least one');
  const names = new Set<string>();
  field.each('containers', pod.containers, (one, at) => {
    container(at, one, pod, volumes, names);
    probes(at.as('probe'), one, pod);
    if (one.restartPolicy) at.at('restartPolicy').warn('dropped-restart-policy', DROPPED);
  });
  field.each('initContainers', pod.initContainers, (one, at) => {
    container(at, one, pod, volumes, names);
    if (one.restartPolicy === 'Always') {
      probes(at.as('probe'), one, pod);
      return;
    }
    if (one.restartPolicy) at.at('restartPolicy').warn('dropped-restart-policy', DROPPED);
    for (const name of WHILE_RUNNING)
      if (one[name]) at.at(name).say('is for init containers with the restartPolicy "Always" only; others end before it matters');
  });
}

function container(field: Field, one: Container, pod: PodSpec, volumes: ReadonlySet<string>, names: Set<string>): void {
  if (one.name === '') field.at('name').say('is required');
  else field.text('name', one.name, DNS_LABEL);
  field.at('name').once(names, one.name, () => `repeats ${JSON.stringify(one.name)}`);
  image(field.as('image'), one.image);
  environment(field.as('environment'), one);
  containerPorts(field.as('port'), one);
  mounts(field.as('mount'), one, volumes);
  if (one.resources) resources(field.as('resource').at('resources'), one.resources);
  if (one.securityContext) securityContext(field.as('security-context').at('securityContext'), one.securityContext, pod);
}
