import type { ApiObject } from 'cdk8s';
import { JsonPatch } from 'cdk8s';
import { Images } from './images/images';
import type { Manifest } from './manifest';
import { Patch } from './patches/patch';

/**
 * From an authored object to the deployed one: the image settings that reach it, then its own JSON patches, then the patches of
 * its scopes, the nearest first.
 */
export function finish(object: ApiObject, authored: Manifest, operations: readonly JsonPatch[] = []): Manifest {
  let manifest = Images.of(object)?.apply(authored) ?? authored;
  if (operations.length > 0) manifest = JsonPatch.apply(structuredClone(manifest), ...operations);
  for (const patch of Patch.reaching(object)) if (patch.selects(manifest)) manifest = patch.apply(manifest);
  return manifest;
}
