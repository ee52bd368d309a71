import type { Size } from 'cdk8s';
import type { Volume, VolumeMount } from '../../../crds-imports/core';
import type { DeclaredObject } from './declared-object';
import { nameOf } from './env';
import { ownVolumeName, volumeName } from './volume-name';

/** Something that a pod finds in its file system. */
export class Mount {
  private constructor(
    /** Name of the volume, unless another one has it. */
    readonly name: string,
    private readonly source: Omit<Volume, 'name'>,
    private readonly options: Omit<VolumeMount, 'name' | 'mountPath'> = {},
  ) {}

  /**
   * A claim.
   *
   * @param claim the PersistentVolumeClaim, or the name of one that the cluster has
   */
  static claim(claim: DeclaredObject | string, options: { readonly readOnly?: boolean; readonly subPath?: string } = {}): Mount {
    const claimName = nameOf(claim);
    return new Mount(volumeName(claimName), { persistentVolumeClaim: { claimName } }, options);
  }

  /** An empty folder on the node's disk, gone with the pod. @param limit at most this large */
  static empty(name: string, limit?: Size): Mount {
    return new Mount(ownVolumeName(name), { emptyDir: limit ? { sizeLimit: size(limit) } : {} });
  }

  /**
   * An empty folder in memory, for instance for shared memory at `/dev/shm`; it counts against the memory limit.
   *
   * @param limit at most this large; left out, as much as the pod may have
   */
  static memory(name: string, limit?: Size): Mount {
    return new Mount(ownVolumeName(name), { emptyDir: { medium: 'Memory', ...(limit && { sizeLimit: size(limit) }) } });
  }

  /** The keys of a Secret as files. @param secret the Secret, or the name of one that the cluster has */
  static secret(secret: DeclaredObject | string): Mount {
    const secretName = nameOf(secret);
    return new Mount(volumeName(secretName), { secret: { secretName } }, { readOnly: true });
  }

  /** The keys of a ConfigMap as files. @param configMap the ConfigMap, or the name of one that the cluster has */
  static configMap(configMap: DeclaredObject | string): Mount {
    const name = nameOf(configMap);
    return new Mount(volumeName(name), { configMap: { name } }, { readOnly: true });
  }

  /** The claim that it is, and the folder in it that is mounted; undefined for anything else. @internal */
  _claim(): { readonly claim: string; readonly folder: string } | undefined {
    const claim = this.source.persistentVolumeClaim?.claimName;
    return claim === undefined ? undefined : { claim, folder: this.options.subPath ?? '' };
  }

  /** Whether it is a part of the same volume. @internal */
  _sharesVolume(other: Mount): boolean {
    return this.name === other.name && JSON.stringify(this.source) === JSON.stringify(other.source);
  }

  /** The same by a volume of its own; an empty folder would be another one then. @internal */
  _again(number: number): Mount {
    return this.source.emptyDir ? this : new Mount(`${this.name}-${number}`, this.source, this.options);
  }

  /** The volume of the pod. @internal */
  _volume(name: string): Volume {
    return { name, ...this.source };
  }

  /** The mount of a container. @internal */
  _at(mountPath: string, volume: string): VolumeMount {
    return { name: volume, mountPath, ...this.options };
  }
}

/** What a container finds where, by absolute path. */
export type Mounts = Readonly<Record<string, Mount>>;

/** The volumes of a pod, each once. */
export function volumes(mounts: Mounts): Volume[] {
  return [...volumesByName(mounts)].map(([name, mount]) => mount._volume(name));
}

/** The mounts of a container. */
export function volumeMounts(mounts: Mounts): VolumeMount[] {
  const found = [...volumesByName(mounts)];
  return Object.entries(mounts).map(([path, mount]) => {
    const [name = mount.name] = found.find(([, other]) => mount._sharesVolume(other)) ?? [];
    return mount._at(path, name);
  });
}

/** The same with a volume for each mount, for where a volume can be mounted only once. */
export function apart(mounts: Mounts): Mounts {
  const before: Mount[] = [];
  return Object.fromEntries(
    Object.entries(mounts).map(([path, mount]) => {
      const earlier = before.filter((other) => mount._sharesVolume(other)).length;
      before.push(mount);
      return [path, earlier === 0 ? mount : mount._again(earlier + 1)];
    }),
  );
}

/** The first mount of each volume, by a name that no other volume has: a Secret may be called like a claim. */
function volumesByName(mounts: Mounts): Map<string, Mount> {
  const found = new Map<string, Mount>();
  for (const mount of Object.values(mounts)) {
    if ([...found.values()].some((other) => mount._sharesVolume(other))) continue;
    let name = mount.name;
    for (let number = 2; found.has(name); number++) name = `${mount.name}-${number}`;
    found.set(name, mount);
  }
  return found;
}

function size(limit: Size): string {
  return limit.asString();
}
