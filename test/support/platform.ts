import { App } from 'cdk8s';
import {
  Assembly,
  type AssemblyOptions,
  FACTS,
  type KubeflowComponents,
  KubeflowPlatform,
  type KubeflowPlatformProps,
  type Manifest,
  Manifests,
} from '../../lib';

/** What a platform needs to stand, beside what a test is about. */
export const GROUND = { certManager: {}, kubeflowNamespace: {}, kubeflowRoles: {} } satisfies KubeflowComponents;

/** A platform in an App of its own, assembled. */
export function assembledPlatform(props: KubeflowPlatformProps, options?: AssemblyOptions): Assembly {
  const app = new App();
  new KubeflowPlatform(app, 'kubeflow', props);
  return Assembly.of(app, { facts: FACTS, ...options });
}

/** The objects of one component. */
export function objectsOf(assembly: Assembly, component: string): readonly Manifest[] {
  return [...(new Manifests(assembly).components.find(({ name }) => name === component)?.files.keys() ?? [])];
}

/** The names of the components that have objects. */
export function componentsOf(assembly: Assembly): readonly string[] {
  return new Manifests(assembly).components.map(({ name }) => name);
}

/** One object of a model. */
export function find(assembly: Assembly, kind: string, name: string, namespace?: string): Manifest {
  const found = assembly.model.manifests.find(
    ({ kind: k, metadata }) =>
      k === kind && metadata.name === name && (namespace === undefined || metadata.namespace === namespace),
  );
  if (!found) throw new Error(`there is no ${kind} ${namespace ?? ''}/${name}`);
  return found;
}
