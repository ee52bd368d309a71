import type { CSIVolumeSource, KeyToPath, Volume, VolumeMount, VolumeProjection } from '../../../crds-imports/core';
import { type SizeAmount, sizeText } from './amount';
import type { DeclaredObject } from './declared-object';
import { nameOf } from './env';
import { given } from './given';
import { ownVolumeName, volumeName } from './volume-name';

/** Which keys of a Secret or ConfigMap become which files. */
export interface FilesOptions {
  /** Paths below the mount by the keys that they hold. @default - every key, in a file of its name */
  readonly items?: Readonly<Record<string, string>>;
  /** Whether the pod starts without it. @default false */
  readonly optional?: boolean;
  /** Permissions of the files, for instance `0o400`. @default 0o644 */
  readonly mode?: number;
}

/** A folder of an NFS server. */
export interface NfsOptions {
  /** Host name or address. */
  readonly server: string;
  /** Absolute path at the server. */
  readonly path: string;
  /** @default false */
  readonly readOnly?: boolean;
  /** Folder of it that is mounted. @default - all of it */
  readonly subPath?: string;
}

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

  /** An empty folder on the node's disk, gone with the pod. @param limit at most this large; by default as large as the disk has room */
  static empty(name: string, limit?: SizeAmount): Mount {
    return new Mount(ownVolumeName(name), { emptyDir: limit === undefined ? {} : { sizeLimit: sizeText(limit) } });
  }

  /**
   * An empty folder in memory, for instance for shared memory at `/dev/shm`; it counts against the memory limit.
   *
   * @param limit at most this large; by default as large as the memory that the pod may have
   */
  static memory(name: string, limit?: SizeAmount): Mount {
    const sizeLimit = limit === undefined ? undefined : sizeText(limit);
    return new Mount(ownVolumeName(name), { emptyDir: { medium: 'Memory', ...given({ sizeLimit }) } });
  }

  /** The keys of a Secret as files. @param secret the Secret, or the name of one that the cluster has */
  static secret(secret: DeclaredObject | string, options: FilesOptions = {}): Mount {
    const secretName = nameOf(secret);
    return new Mount(volumeName(secretName), { secret: { secretName, ...files(options) } }, { readOnly: true });
  }

  /** The keys of a ConfigMap as files. @param configMap the ConfigMap, or the name of one that the cluster has */
  static configMap(configMap: DeclaredObject | string, options: FilesOptions = {}): Mount {
    const name = nameOf(configMap);
    return new Mount(volumeName(name), { configMap: { name, ...files(options) } }, { readOnly: true });
  }

  /** A folder of an NFS server. The level `restricted` of pod security does not allow it: there, claim a volume that is one. */
  static nfs(name: string, { server, path, readOnly, subPath }: NfsOptions): Mount {
    return new Mount(ownVolumeName(name), { nfs: { server, path, ...given({ readOnly }) } }, given({ readOnly, subPath }));
  }

  /** What a CSI driver makes for the pod alone, for instance secrets of a vault. @param source the driver, and what it is told */
  static csi(name: string, source: CSIVolumeSource): Mount {
    return new Mount(ownVolumeName(name), { csi: source }, given({ readOnly: source.readOnly }));
  }

  /** Several sources in one folder: keys of Secrets and ConfigMaps, fields of the pod, tokens of its ServiceAccount. */
  static projected(name: string, sources: readonly VolumeProjection[]): Mount {
    return new Mount(ownVolumeName(name), { projected: { sources } }, { readOnly: true });
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

function files({ items, optional, mode }: FilesOptions): { items?: KeyToPath[]; optional?: boolean; defaultMode?: number } {
  return given({ items: items && Object.entries(items).map(([key, path]) => ({ key, path })), optional, defaultMode: mode });
}
