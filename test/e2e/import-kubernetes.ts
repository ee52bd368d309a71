/**
 * `npm run imports:kubernetes`: makes Kubernetes' own kinds of the catalogue anew, from the API server of these tests. Its version
 * is the one that `programs/kubernetes/go.mod` pins; another one gives other kinds. Only the documents that a server writes itself
 * tell the values that a field may have: those in Kubernetes' repository leave them out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imports } from '../../lib/imports/imports';
import { startControlPlane } from './control-plane';
import { writeOpenApi } from './openapi';

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-openapi-'));
  const controlPlane = await startControlPlane();
  try {
    await writeOpenApi(controlPlane.kubectl, folder);
    const report = imports({ kubernetes: folder, out: 'crds-imports', library: '../lib/core/kind' });
    process.stdout.write(`${report.length > 0 ? report.join('\n') : 'no kind changed'}\n`);
  } finally {
    await controlPlane.stop();
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
