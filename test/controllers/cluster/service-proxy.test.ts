import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { freePort } from '../../e2e/free-port';
import type { EndpointSlice, ServiceObject } from './objects';
import { backendsOf, hostsOf, ServiceProxy } from './service-proxy';

const service = (name: string, namespace: string, clusterIP: string): ServiceObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { clusterIP, ports: [{ name: 'api', port: 443 }] },
});

const slice = (service: string, fields: Pick<EndpointSlice, 'endpoints' | 'ports'>): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: `${service}-1`, namespace: 'team', labels: { 'kubernetes.io/service-name': service } },
  ...fields,
});

const web = service('web', 'team', '10.0.0.5');
const workers = service('workers', 'team', 'None');
const webSlice = slice('web', {
  endpoints: [
    { addresses: ['10.244.1.2'] },
    { addresses: ['10.244.1.3'], conditions: { ready: false } },
    { addresses: ['10.244.1.4'], conditions: { ready: true } },
  ],
  ports: [
    { name: 'other', port: 80 },
    { name: 'api', port: 8443 },
  ],
});

test('behind a port of a Service are the ready Pods, at the port of the same name', () => {
  expect([...backendsOf([web, workers], [webSlice, slice('web', { endpoints: null, ports: null })])]).toEqual([
    [
      '10.0.0.5:443',
      [
        { address: '10.244.1.2', port: 8443 },
        { address: '10.244.1.4', port: 8443 },
      ],
    ],
  ]);
  expect(backendsOf([web], []).get('10.0.0.5:443')).toEqual([]);
});

test('names are short in their own namespace only; hosts of headless Services have names, too', () => {
  const slices = [slice('workers', { endpoints: [{ addresses: ['10.244.1.9'], hostname: 'worker-0' }], ports: null })];
  expect(hostsOf([web, workers], slices, 'team').split('\n')).toEqual([
    '127.0.0.1 localhost',
    '10.0.0.5 web web.team web.team.svc web.team.svc.cluster.local',
    '10.244.1.9 worker-0.workers worker-0.workers.team worker-0.workers.team.svc worker-0.workers.team.svc.cluster.local',
    '',
  ]);
  expect(hostsOf([web], [], 'kubeflow')).toContain('10.0.0.5 web.team web.team.svc');
});

test('a connection is handed on when it is admitted, and cut off when nobody is there', async () => {
  const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { readonly port: number };
  const own = await freePort();
  const asked: unknown[] = [];
  const proxy = new ServiceProxy((from, to) => {
    asked.push([from, to]);
    return true;
  });
  const at = (backends: readonly { readonly address: string; readonly port: number }[]) =>
    proxy.update(new Map([[`127.0.0.1:${own}`, backends]]));
  const answer = () => text(connect(own, '127.0.0.1'));
  at([{ address: '127.0.0.1', port }]);
  await expect(answer()).resolves.toBe('hello');
  expect(asked).toEqual([['127.0.0.1', { address: '127.0.0.1', port }]]);
  at([]);
  await expect(answer()).resolves.toBe('');
  proxy.close();
  await expect(answer()).rejects.toThrow('ECONNREFUSED');
  server.close();
});
