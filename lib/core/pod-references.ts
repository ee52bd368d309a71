import type { Container, PodSpec } from '../../crds-imports/core';
import type { Manifest } from './manifest';
import { podSpecs } from './pods';
import { local, type Reference } from './references';

/** References to what an object names in its own namespace; none for no name. */
export type Names = (kind: string, name: string | undefined, path: string, optional?: boolean) => Reference[];

/** Reads the names in an object. */
export function namesIn(object: Manifest): Names {
  return (kind, name, path, optional) => (name ? [local(object, '', kind, name, path, optional)] : []);
}

/** What the pods of an object name, wherever their specs stand in it. */
export function ofPods(object: Manifest): Reference[] {
  return podSpecs(object).flatMap(({ path, spec }) => ofPod(object, spec, path));
}

/** What a pod names. @param path of its spec */
export function ofPod(object: Manifest, spec: PodSpec, path: string): Reference[] {
  const named: Names = (kind, name, at, optional) => namesIn(object)(kind, name, `${path}.${at}`, optional);
  const priority = spec.priorityClassName;
  return [
    ...named('ServiceAccount', spec.serviceAccountName, 'serviceAccountName'),
    ...(spec.imagePullSecrets ?? []).flatMap(({ name }, index) => named('Secret', name, `imagePullSecrets[${index}]`)),
    ...(priority
      ? [{ group: 'scheduling.k8s.io', kind: 'PriorityClass', name: priority, path: `${path}.priorityClassName` }]
      : []),
    ...(spec.volumes ?? []).flatMap((volume, index) => {
      const at = `volumes[${index}]`;
      return [
        ...named('Secret', volume.secret?.secretName, `${at}.secret.secretName`, volume.secret?.optional),
        ...named('ConfigMap', volume.configMap?.name, `${at}.configMap.name`, volume.configMap?.optional),
        ...named('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName, `${at}.persistentVolumeClaim.claimName`),
        ...(volume.projected?.sources ?? []).flatMap(({ secret, configMap }, source) => [
          ...named('Secret', secret?.name, `${at}.projected.sources[${source}].secret.name`, secret?.optional),
          ...named('ConfigMap', configMap?.name, `${at}.projected.sources[${source}].configMap.name`, configMap?.optional),
        ]),
      ];
    }),
    ...(spec.initContainers ?? []).flatMap((container, index) => ofContainer(container, `initContainers[${index}]`, named)),
    ...(spec.containers ?? []).flatMap((container, index) => ofContainer(container, `containers[${index}]`, named)),
  ];
}

/** What a container names. @param path of it */
export function ofContainer(container: Container, path: string, named: Names): Reference[] {
  return [
    ...(container.env ?? []).flatMap(({ valueFrom }, index) => [
      ...named(
        'Secret',
        valueFrom?.secretKeyRef?.name,
        `${path}.env[${index}].valueFrom.secretKeyRef`,
        valueFrom?.secretKeyRef?.optional,
      ),
      ...named(
        'ConfigMap',
        valueFrom?.configMapKeyRef?.name,
        `${path}.env[${index}].valueFrom.configMapKeyRef`,
        valueFrom?.configMapKeyRef?.optional,
      ),
    ]),
    ...(container.envFrom ?? []).flatMap(({ secretRef, configMapRef }, index) => [
      ...named('Secret', secretRef?.name, `${path}.envFrom[${index}].secretRef`, secretRef?.optional),
      ...named('ConfigMap', configMapRef?.name, `${path}.envFrom[${index}].configMapRef`, configMapRef?.optional),
    ]),
  ];
}
