import type { InferenceServiceStorage } from '../../../../crds-imports/serving.kserve.io';
import type { DeclaredObject } from '../../pod/declared-object';
import { nameOf } from '../../pod/env';
import { given } from '../../pod/given';
import type { LocalModelCache } from '../local-models/local-model-cache';
import type { StorageConfig } from './storage-config';

/** Schemes that KServe loads models from, and the form of what follows them. */
const SCHEMES: Readonly<Record<string, { readonly form: RegExp; readonly example: string }>> = {
  s3: { form: /^[^/]+(\/.*)?$/, example: 's3://bucket/path' },
  gs: { form: /^[^/]+(\/.*)?$/, example: 'gs://bucket/path' },
  pvc: { form: /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(\/.*)?$/, example: 'pvc://claim/path' },
  hf: { form: /^[^/:]+\/[^/:]+(:[^/:]+)?$/, example: 'hf://owner/model:revision' },
  oci: { form: /^[^/]+\/.+$/, example: 'oci://registry.example.com/model:1.0' },
  https: { form: /^[^/]+\/.+$/, example: 'https://example.com/model.tar.gz' },
  http: { form: /^[^/]+\/.+$/, example: 'http://example.com/model.tar.gz' },
  hdfs: { form: /^.+$/, example: 'hdfs://path' },
  webhdfs: { form: /^.+$/, example: 'webhdfs://path' },
  file: { form: /^\/.+$/, example: 'file:///path' },
};

/**
 * What is wrong with a storage URI; undefined when nothing is.
 *
 * @param known further prefixes that storage containers of the cluster serve, for instance `model-registry://`
 */
export function storageUriProblem(uri: string, known: readonly string[] = []): string | undefined {
  if (known.some((prefix) => uri.startsWith(prefix) && uri.length > prefix.length)) return undefined;
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/s.exec(uri) ?? [];
  const said = `the storage URI ${JSON.stringify(uri)}`;
  // A path in the image, which KServe leaves alone. A relative one is most often a URI without its scheme.
  if (!scheme)
    return /^\/[^\s:]+$/.test(uri)
      ? undefined
      : `${said} has no scheme, nor is it an absolute path in the image; KServe loads from ${Object.keys(SCHEMES)
          .map((one) => `${one}://`)
          .join(', ')}`;
  const found = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  const schemes = [...Object.keys(SCHEMES).map((one) => `${one}://`), ...known].join(', ');
  if (!found) return `${said} has none of the schemes ${schemes}; Azure's blobs are https://account.blob.core.windows.net/…`;
  return found.form.test(rest) && !/\s/.test(rest) ? undefined : `${said} has not the form ${found.example}`;
}

/** An entry of the Secret `storage-config`, which holds access to several stores. */
export interface StorageEntry {
  /** Key in the Secret. @default - the default entry of the type */
  readonly key?: string;
  /** The Secret, or the name of one that the namespace has. @default - `storage-config` */
  readonly secret?: StorageConfig | DeclaredObject | string;
  /** Path of the model in the store. */
  readonly path?: string;
  /** Path of the model's schema in the store. @default - none */
  readonly schemaPath?: string;
  /** What differs from the entry, for instance `{ type: 's3', bucket: 'models' }`. @default - nothing */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Where a model is stored. */
export class Storage {
  private constructor(
    /** URI of the model; undefined for an entry of `storage-config`. */
    readonly uri: string | undefined,
    private readonly entry: Omit<StorageEntry, 'secret'> | undefined,
    /** Prefix of a scheme of the cluster's own. */
    readonly scheme?: string,
    /** Secret that holds the entry, in place of `storage-config`. */
    readonly secret?: string,
  ) {
    const wrong = uri === undefined ? undefined : storageUriProblem(uri, scheme ? [scheme] : []);
    if (wrong) throw new Error(wrong);
  }

  /**
   * By URI: `s3://`, `gs://`, `pvc://`, `hf://`, `oci://`, `https://` (also Azure's blobs), `http://`, `hdfs://`, `webhdfs://`, `file://`, or
   * an absolute path in the image.
   *
   * @throws Error when it has another scheme, or not the form of its scheme
   */
  static uri(uri: string): Storage {
    return new Storage(uri, undefined);
  }

  /**
   * By URI with a scheme of the cluster's own, for which it has a ClusterStorageContainer.
   *
   * @param prefix what such URIs begin with, for instance `model-registry://`
   */
  static custom(prefix: string, uri: string): Storage {
    return new Storage(uri, undefined, prefix);
  }

  /**
   * In a volume, for instance the one that a training job writes to.
   *
   * @param claim the PersistentVolumeClaim, or the name of one that the cluster has
   * @param path of the model in the volume; left out, its root
   */
  static claim(claim: DeclaredObject | string, path = ''): Storage {
    const folder = path.replace(/^\//, '');
    return new Storage(`pvc://${nameOf(claim)}${folder && `/${folder}`}`, undefined);
  }

  /** In a store that the Secret `storage-config` has access to. */
  static configured({ secret, ...entry }: StorageEntry): Storage {
    return new Storage(undefined, entry, undefined, secret && nameOf(secret));
  }

  /** Where nodes keep a model: servers that load it from there use the cache. */
  static cached(cache: LocalModelCache): Storage {
    return new Storage(cache.sourceModelUri, undefined);
  }

  /** The fields of a model. @internal */
  _fields(): { storageUri?: string; storage?: InferenceServiceStorage } {
    return given({ storageUri: this.uri, storage: this.entry && { ...this.entry } });
  }
}

/** Where a model is stored: a store, the URI of one, a claim whose root it is in, or a cache. */
export type StorageSource = Storage | DeclaredObject | LocalModelCache | string;

/** The store that a source names. */
export function storageOf(source: StorageSource): Storage {
  if (typeof source === 'string') return Storage.uri(source);
  if (source instanceof Storage) return source;
  return 'sourceModelUri' in source ? Storage.cached(source) : Storage.claim(source);
}
