import type { Finding } from '../finding';
import { describe } from '../manifest';
import type { ObjectModel } from '../object-model';
import { validate } from '../validation/validate';

/** Kubernetes' own objects, and all pods, are what its validation takes: the part of it that no schema has. */
export function* validation(model: ObjectModel): Iterable<Finding> {
  for (const manifest of model.manifests)
    for (const { severity, path, message } of validate(manifest))
      yield { severity, path: model.pathOf(manifest), message: `${describe(manifest)}: ${path} ${message}` };
}
