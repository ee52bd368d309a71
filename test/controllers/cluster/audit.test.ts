import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAudit } from './audit';

test('the calls of ServiceAccounts are counted, and each forbidden one is named once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-kubeflow-audit-'));
  const file = join(folder, 'audit.log');
  const event = (username: string, code: number, objectRef?: object) =>
    JSON.stringify({ verb: 'list', requestURI: '/version', user: { username }, objectRef, responseStatus: { code } });
  const katib = 'system:serviceaccount:kubeflow:katib-controller';
  const replicaSets = { apiGroup: 'apps', resource: 'replicasets', namespace: 'team' };
  const events = [
    event(katib, 200, replicaSets),
    event(katib, 403, replicaSets),
    event(katib, 403, replicaSets),
    event(katib, 403),
    event('admin', 403, replicaSets),
  ];
  writeFileSync(file, `${events.join('\n')}\n{"half wri`);
  expect(readAudit(file)).toEqual({
    total: 4,
    forbidden: ['kubeflow/katib-controller: list /version', 'kubeflow/katib-controller: list apps/replicasets in team'],
  });
  rmSync(folder, { recursive: true });
});
