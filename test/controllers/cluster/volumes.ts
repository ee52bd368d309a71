import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NamespaceData } from './namespace-data';
import type { Item, PodObject, ProjectedSource, Volume } from './objects';

/** The volumes of a Pod, as folders. */
export class Volumes {
  /**
   * @param folder of the Pod
   * @param claims folder that has one for each claim of the Pod's namespace
   */
  constructor(
    private readonly pod: PodObject,
    private readonly data: NamespaceData,
    private readonly folder: string,
    private readonly claims: string,
  ) {}

  /** Whether containers cannot write it, whatever their mounts say. */
  static isReadOnly({ configMap, secret, projected }: Volume): boolean {
    return [configMap, secret, projected].some((source) => source !== undefined);
  }

  /** Makes the folder of a volume, or brings it up to date. */
  async folderOf(volume: Volume): Promise<string> {
    const folder = join(this.folder, volume.name);
    mkdirSync(folder, { recursive: true });
    const { configMap, secret, projected, emptyDir, persistentVolumeClaim } = volume;
    if (configMap) write(folder, await this.data.configMap(configMap.name, configMap.optional), configMap.items);
    else if (secret) write(folder, await this.data.secret(secret.secretName, secret.optional), secret.items);
    else if (projected) for (const source of projected.sources) await this.project(folder, source);
    else if (emptyDir) chmodSync(folder, 0o777);
    else if (persistentVolumeClaim) return this.claim(persistentVolumeClaim.claimName);
    else throw new Error(`${this.pod.metadata.name}: no volume like ${JSON.stringify(volume)} is made here`);
    return folder;
  }

  private async project(folder: string, source: ProjectedSource): Promise<void> {
    const { configMap, secret, serviceAccountToken, downwardAPI } = source;
    if (configMap) write(folder, await this.data.configMap(configMap.name, configMap.optional), configMap.items);
    if (secret) write(folder, await this.data.secret(secret.name, secret.optional), secret.items);
    if (serviceAccountToken && !existsSync(join(folder, serviceAccountToken.path))) {
      const { name, uid } = this.pod.metadata;
      const token = await this.data.token(this.pod.spec.serviceAccountName, { name, uid }, serviceAccountToken.audience);
      write(folder, new Map([[serviceAccountToken.path, Buffer.from(token)]]));
    }
    for (const { path, fieldRef } of downwardAPI?.items ?? []) {
      write(folder, new Map([[path, Buffer.from(field(this.pod, fieldRef.fieldPath))]]));
    }
  }

  private claim(name: string): string {
    const folder = join(this.claims, name);
    mkdirSync(folder, { recursive: true });
    const { fsGroup } = this.pod.spec.securityContext ?? {};
    if (fsGroup !== undefined) {
      chownSync(folder, 0, fsGroup);
      chmodSync(folder, 0o2775);
    }
    return folder;
  }
}

/** The value of a field that a Pod hands to its containers. */
export function field(pod: PodObject, path: string, address = ''): string {
  const { metadata, spec } = pod;
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.nodeName': spec.nodeName,
    'spec.serviceAccountName': spec.serviceAccountName,
    'status.podIP': address,
  };
  const value = fields[path];
  if (value === undefined) throw new Error(`${metadata.name}: the field ${path} is not handed to containers here`);
  return value;
}

function write(folder: string, data: ReadonlyMap<string, Buffer>, items?: readonly Item[]): void {
  for (const { key, path } of items ?? [...data.keys()].map((key) => ({ key, path: key }))) {
    const content = data.get(key);
    if (!content) continue;
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    // In its place: a mount of the file itself shows the new content.
    if (!existsSync(file) || !readFileSync(file).equals(content)) writeFileSync(file, content);
  }
}
