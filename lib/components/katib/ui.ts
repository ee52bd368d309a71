import type { EnvVar } from '../../../crds-imports/core';
import { ControllerManager } from '../../blocks/controller-manager';
import type { Port } from '../../blocks/port';
import type { HealthProbe } from '../../blocks/probe';
import { Replication } from '../../blocks/replication';
import { USER_HEADER, type WebAppAccess } from '../../blocks/web-app-access';
import type { Component } from '../../core';
import { images } from '../../release/images';
import { CORE_NAMESPACE, part, UNPRIVILEGED } from './parts';
import { UI } from './permissions';

const PORT: Port = { port: 8080, name: 'ui', served: { port: 80, byNumber: true } };
const PATH = '/katib/';
const LOOPBACK = '127.0.0.1';

/** Declares Katib's web interface. */
export function katibUi(katib: Component, access: WebAppAccess): void {
  const { name, selector } = part('ui');
  const { userHeader, inMesh } = access;
  const forwarded = userHeader === undefined;
  const probe = forwarded ? loopbackProbe() : { path: PATH };
  const ui = new ControllerManager(katib, name, {
    image: images.katib.ui,
    replication: forwarded ? Replication.impossible('a port-forward reaches one pod') : Replication.stateless,
    command: ['./katib-ui'],
    args: [`--port=${PORT.port}`, ...(forwarded ? [`--host=${LOOPBACK}`] : [])],
    env: [CORE_NAMESPACE, ...authentication(userHeader)],
    selector,
    podLabels: { 'sidecar.istio.io/inject': `${inMesh}` },
    security: UNPRIVILEGED,
    ports: [forwarded ? { ...PORT, served: undefined } : PORT],
    health: { port: PORT, liveness: { ...probe, periodSeconds: 30 }, readiness: probe },
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    permissions: UI,
  });
  access.expose(ui, { name, namespace: katib.namespace as string, selector, port: PORT, path: PATH });
}

/** Without a header that names the user, the UI asks nobody; it must not be reachable for anybody else then. */
function authentication(userHeader: string | undefined): EnvVar[] {
  if (userHeader === undefined) return [{ name: 'APP_DISABLE_AUTH', value: 'true' }];
  return [
    { name: 'APP_DISABLE_AUTH', value: 'false' },
    ...(userHeader === USER_HEADER ? [] : [{ name: 'USERID_HEADER', value: userHeader }]),
  ];
}

/** The kubelet does not reach the loopback interface of a pod. */
function loopbackProbe(): HealthProbe {
  return { command: ['wget', '-q', '-O', '/dev/null', `http://${LOOPBACK}:${PORT.port}${PATH}`] };
}
