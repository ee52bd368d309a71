import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubectl } from './kubectl';

/** Paths of the documents that describe kinds: `api/v1`, `apis/apps/v1`. */
const OF_KINDS = /^(api|apis\/[^/]+)\/v\d+$/;

/** Writes what an API server says of the kinds of its stable versions, a document each, into a folder. */
export async function writeOpenApi(kubectl: Kubectl, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const index = JSON.parse(await kubectl.run(['get', '--raw', '/openapi/v3'])) as {
    readonly paths: Readonly<Record<string, { readonly serverRelativeURL: string }>>;
  };
  for (const [path, { serverRelativeURL }] of Object.entries(index.paths)) {
    if (!OF_KINDS.test(path)) continue;
    writeFileSync(join(folder, `${path.replaceAll('/', '__')}.json`), await kubectl.run(['get', '--raw', serverRelativeURL]));
  }
}
