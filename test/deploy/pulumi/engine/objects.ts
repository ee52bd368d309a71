import type { Kubectl, KubernetesObject } from '../../../e2e/kubectl';
import { until } from '../../../e2e/patience';
import type { Backend, Project } from './project';

/** A stack whose objects a test lists. */
export class ObjectsStack {
  private constructor(readonly project: Project) {}

  static async init(backend: Backend, name: string): Promise<ObjectsStack> {
    const project = backend.project(name, 'test/deploy/pulumi/engine/programs/objects.js');
    await project.run('stack', 'init', 'test');
    return new ObjectsStack(project);
  }

  /** Says what the stack consists of; `up` or `preview` follow. */
  async declare(...objects: readonly object[]): Promise<void> {
    await this.project.configure('objects', JSON.stringify(objects));
  }

  async up(...objects: readonly object[]): Promise<void> {
    await this.declare(...objects);
    await this.project.up();
  }

  /** What an `up` would do with each object: `update`, `replace`, …, by the name of its resource with its kind. */
  async changes(): Promise<Record<string, string>> {
    const steps = (await this.project.preview()).filter(({ urn }) => urn.includes('kubernetes:'));
    return Object.fromEntries(
      steps.map(({ op, urn }) => [urn.replace(/^.*[/:]([A-Za-z]+::)/, '$1'), op.includes('replace') ? 'replace' : op]),
    );
  }
}

interface DefinitionObject extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Makes the API server know some kinds. */
export async function establish(kubectl: Kubectl, definitions: readonly KubernetesObject[]): Promise<void> {
  await kubectl.applyObjects(definitions);
  const isEstablished = ({ status }: DefinitionObject) =>
    status?.conditions?.some((condition) => condition.type === 'Established' && condition.status === 'True') ?? false;
  await until(
    () => kubectl.get<DefinitionObject>('crd'),
    (found) => found.every(isEstablished),
  );
}
