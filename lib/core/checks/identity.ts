import type { Finding } from '../finding';
import { groupOf } from '../kind';
import { describe, identity, type Manifest } from '../manifest';
import { DNS_LABEL, nameProblem, problem } from '../names';
import type { ObjectModel } from '../object-model';
import { error, findings } from '../rule';

/** An object, and the path of an earlier one that is the same to a cluster. */
interface Named {
  readonly manifest: Manifest;
  readonly other: string | undefined;
}

/** The rules of names. */
export const IDENTITY_RULES = [
  error(
    'kubernetes/invalid-name',
    'The API server refuses an object whose name is not allowed for its kind.',
    ({ manifest }: Named) => nameProblem(groupOf(manifest.apiVersion), manifest.kind, manifest.metadata.name),
  ),
  error('kubernetes/invalid-namespace', 'The API server has no namespace whose name is no DNS label.', ({ manifest }: Named) => {
    const { namespace } = manifest.metadata;
    const wrong = namespace === undefined ? undefined : problem(namespace, DNS_LABEL);
    return wrong && `of the namespace of ${describe(manifest)}, ${wrong}`;
  }),
  error(
    'kubernetes/declared-twice',
    'Of two objects that are the same to a cluster the later one replaces the other.',
    ({ manifest, other }: Named) =>
      other === undefined
        ? undefined
        : `${describe(manifest)} is declared twice, here and by ${other}; give one of them another name`,
  ),
];

/** Every object has an allowed name, its namespace too, and no two objects are the same object to a cluster. */
export function* identities(model: ObjectModel): Iterable<Finding> {
  const paths = new Map<string, string>();
  for (const { construct, manifest } of model.objects) {
    const { path } = construct.node;
    const id = identity(manifest);
    yield* findings(IDENTITY_RULES, { manifest, other: paths.get(id) }, path);
    paths.set(id, path);
  }
}
