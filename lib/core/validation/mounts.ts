import type { Container } from '../../../crds-imports/core';
import type { Field } from './field';
import { DESCENDING_PATH } from './texts';

/** What a container finds where. @param volumes names of the pod's */
export function mounts(
  field: Field,
  { volumeMounts, volumeDevices, securityContext }: Container,
  volumes: ReadonlySet<string>,
): void {
  const paths = new Set<string>();
  const known = (at: Field, name: string) => {
    if (name === '') at.at('name').say('is required');
    else if (!at.isPartial && !volumes.has(name) && !at.isFilledIn(name))
      at.at('name').must(`be a volume of the pod, which has ${volumes.size > 0 ? [...volumes].join(', ') : 'none'}`, name);
  };
  field.each('volumeMounts', volumeMounts, (mount, at) => {
    known(at, mount.name);
    if (mount.mountPath === '') at.at('mountPath').say('is required');
    at.at('mountPath').once(paths, mount.mountPath, () => `repeats ${JSON.stringify(mount.mountPath)}`);
    if (mount.subPath && mount.subPathExpr) at.at('subPathExpr').say('stands beside subPath, only one of which is allowed');
    at.text('subPath', mount.subPath, DESCENDING_PATH);
    at.text('subPathExpr', mount.subPathExpr, DESCENDING_PATH);
    if (mount.mountPropagation === 'Bidirectional' && !securityContext?.privileged)
      at.at('mountPropagation').must('not be "Bidirectional" in a container that is not privileged', mount.mountPropagation);
    if (mount.recursiveReadOnly && mount.recursiveReadOnly !== 'Disabled') {
      if (!mount.readOnly) at.at('recursiveReadOnly').say('needs readOnly');
      if (mount.mountPropagation && mount.mountPropagation !== 'None')
        at.at('recursiveReadOnly').say('needs the mountPropagation "None"');
    }
  });
  const mounted = new Set(volumeMounts?.map(({ name }) => name));
  field.each('volumeDevices', volumeDevices, (device, at) => {
    known(at, device.name);
    if (mounted.has(device.name)) at.at('name').say(`is ${JSON.stringify(device.name)}, which is mounted too`);
    if (device.devicePath === '') at.at('devicePath').say('is required');
    at.at('devicePath').once(paths, device.devicePath, () => `repeats ${JSON.stringify(device.devicePath)}`);
  });
}
