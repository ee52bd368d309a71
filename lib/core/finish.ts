import type { ApiObject, JsonPatch } from 'cdk8s';
import { Images } from './images/images';
import { Late } from './late';
import { asManifest, type Manifest } from './manifest';
import { jsonPatch } from './patches/json';
import { Patch } from './patches/patch';
import { Transform } from './transform';
import { refuseMalformedText } from './well-formed';

/**
 * From an authored object to the deployed one: the settings that reach it, then those for images, then its own JSON patches, then
 * the patches of its scopes, the nearest first.
 *
 * @throws Error when it holds a value that only a deployment knows, and none is being assembled, or text that is no Unicode
 */
export function finish(object: ApiObject, authored: Manifest, operations: readonly JsonPatch[] = []): Manifest {
  let manifest = authored;
  for (const transform of Transform.reaching(object)) manifest = transform.apply(manifest);
  manifest = Images.of(object)?.apply(manifest) ?? manifest;
  if (operations.length > 0) manifest = jsonPatch(manifest, operations);
  manifest = asManifest(manifest);
  for (const patch of Patch.reaching(object)) if (patch.selects(manifest)) manifest = patch.apply(manifest);
  Late.refuse(manifest);
  refuseMalformedText(manifest);
  return manifest;
}
