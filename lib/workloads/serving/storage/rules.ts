import { error, type Rule } from '../../../core/rule';
import { inParts, type ServerFacts, storageUrisOf } from '../server/facts';
import { storageUriProblem } from './storage';

/** Folders that all paths are in, beside the root. */
function haveCommonFolder(paths: readonly string[]): boolean {
  const [first, ...others] = paths.map((path) => path.split('/')[1]);
  return others.every((folder) => folder === first);
}

/** The rules of what a server loads. */
export const STORAGE_RULES: readonly Rule<ServerFacts>[] = [
  error(
    'kserve/invalid-artifacts',
    'KServe mounts artifacts in one volume, at absolute paths below one folder.',
    inParts(({ spec }) => {
      const { storageUris } = spec;
      if (!storageUris) return undefined;
      if (spec.model?.storageUri ?? spec.art?.storageUri)
        return 'has a stored model and artifacts; give one of them, the model as an artifact at /mnt/models';
      const paths = storageUris.map(({ uri, mountPath = '/mnt/models' }) => ({ uri, mountPath }));
      const wrong = paths.find(
        ({ uri, mountPath: path }) => uri === '' || !path.startsWith('/') || path === '/' || path.split('/').includes('..'),
      );
      if (wrong)
        return `finds the artifact ${JSON.stringify(wrong.uri)} at ${JSON.stringify(wrong.mountPath)}, must be an absolute path below the root`;
      const claims = paths.filter(({ uri }) => uri.startsWith('pvc://')).map(({ mountPath }) => mountPath);
      if (new Set(claims).size < claims.length) return 'finds two claims at the same path';
      const loaded = paths.filter(({ uri }) => !uri.startsWith('pvc://')).map(({ mountPath }) => mountPath);
      return haveCommonFolder(loaded)
        ? undefined
        : `finds artifacts at ${loaded.join(' and ')}, must be in one folder below the root`;
    }),
  ),
  error(
    'kserve/unknown-storage-scheme',
    'KServe loads models by URIs of the schemes that its storage containers serve.',
    inParts((part, { scheme }) => {
      const wrong = storageUrisOf(part).flatMap((uri) => storageUriProblem(uri, scheme ? [scheme] : []) ?? []);
      return wrong.length > 0 ? `cannot load its model: ${wrong.join('; ')}` : undefined;
    }),
  ),
  error(
    'kserve/unknown-storage-entry',
    'KServe reads entries of these types only from its Secret of stores.',
    ({ spec: { predictor } }) => {
      const { storage, storageUri } = predictor?.model ?? {};
      const type = storage?.parameters?.type;
      const scheme = storageUri === undefined ? type : storageUri.split('://')[0];
      return storage && scheme !== undefined && !['s3', 'hdfs', 'webhdfs'].includes(scheme)
        ? `the entry of storage-config is of type ${scheme}, must be s3, hdfs or webhdfs; name others by URI`
        : undefined;
    },
  ),
];
