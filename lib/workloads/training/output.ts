import type { IConstruct } from 'constructs';
import type { RuntimeShape } from '../../components/trainer/runtime-shape';
import { ConstructError } from '../../core';
import type { Mounts } from '../pod/mount';
import { Storage } from '../serving/storage/storage';

/** A claim that containers of a job find at a path. */
export interface Kept {
  readonly path: string;
  readonly claim: string;
  /** The folder of the claim that they find there. */
  readonly folder: string;
}

/** The claims among mounts. */
export function keptIn(mounts: Mounts = {}): Kept[] {
  return Object.entries(mounts).flatMap(([path, mount]) => {
    const claim = mount._claim();
    return claim ? [{ path, ...claim }] : [];
  });
}

/** The claims that a runtime gives its jobs. JobSet calls the claim of a job by both names. */
export function keptByRuntime(shape: RuntimeShape | undefined, job: string): Kept[] {
  if (!shape) return [];
  const { claims, sharedClaims, trainer } = shape;
  return (trainer?.volumeMounts ?? []).flatMap(({ name, mountPath: path, subPath: folder = '' }) => {
    const claim = claims.some((one) => one.name === name) ? `${name}-${job}` : sharedClaims[name];
    return claim ? [{ path, claim, folder }] : [];
  });
}

/** Where the program of a runtime writes what it makes, when its command line says so. */
export function outputFolderOf(shape: RuntimeShape | undefined): string | undefined {
  const option = 'output_dir=';
  return shape?.trainer?.command?.find((word) => word.startsWith(option))?.slice(option.length);
}

/**
 * Where others find what a job keeps at a path.
 *
 * @throws ConstructError when no claim is mounted there: it would be gone with the pods
 */
export function storageAt(construct: IConstruct, kept: readonly Kept[], path: string): Storage {
  const below = (folder: string) => path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
  const [found] = kept.filter((one) => below(one.path)).sort((a, b) => b.path.length - a.path.length);
  if (!found) {
    const paths = kept.map((one) => one.path);
    throw new ConstructError(
      construct.node.path,
      `nothing that outlives the pods is mounted at ${path}; ${paths.length > 0 ? `claims are at ${paths.join(', ')}` : 'mount a claim there'}`,
    );
  }
  return Storage.claim(
    found.claim,
    [found.folder, path.slice(found.path.length)].join('/').replace(/\/+/g, '/').replace(/^\//, ''),
  );
}
