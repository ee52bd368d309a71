import type { Finding } from '../finding';
import { groupOf } from '../kind';
import { describe, identity } from '../manifest';
import { DNS_LABEL, nameProblem, problem } from '../names';
import type { ObjectModel } from '../object-model';

/** Every object has an allowed name, its namespace too, and no two objects are the same object to a cluster. */
export function* identities(model: ObjectModel): Iterable<Finding> {
  const paths = new Map<string, string>();
  for (const { construct, manifest } of model.objects) {
    const { path } = construct.node;
    const wrong = nameProblem(groupOf(manifest.apiVersion), manifest.kind, manifest.metadata.name);
    if (wrong) yield { severity: 'error', path, message: wrong };
    const { namespace } = manifest.metadata;
    const nowhere = namespace === undefined ? undefined : problem(namespace, DNS_LABEL);
    if (nowhere) yield { severity: 'error', path, message: `of the namespace of ${describe(manifest)}, ${nowhere}` };
    const id = identity(manifest);
    const other = paths.get(id);
    if (other)
      yield {
        severity: 'error',
        path,
        message: `${describe(manifest)} is declared twice, here and by ${other}; give one of them another name`,
      };
    paths.set(id, path);
  }
}
