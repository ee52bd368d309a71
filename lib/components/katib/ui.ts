import type { EnvVar } from '../../../crds-imports/core';
import { WebApp } from '../../blocks/web-app/web-app';
import { USER_HEADER, type WebAppAccess } from '../../blocks/web-app/web-app-access';
import type { Component } from '../../core';
import { images } from '../../release/images';
import { CORE_NAMESPACE, part, UNPRIVILEGED } from './parts';
import { UI } from './permissions';

const PORT = { port: 8080, name: 'ui', served: { port: 80, byNumber: true } };
const PATH = '/katib/';

/** Declares Katib's web interface. */
export function katibUi(katib: Component, access: WebAppAccess | undefined): void {
  const { name, selector } = part('ui');
  new WebApp(katib, name, {
    image: images.katib.ui,
    access,
    port: PORT,
    path: PATH,
    start: ({ header, address }) => ({
      command: ['./katib-ui'],
      args: [`--port=${PORT.port}`, ...(address ? [`--host=${address}`] : [])],
      env: [CORE_NAMESPACE, ...authentication(header)],
    }),
    probes: { liveness: { path: PATH, periodSeconds: 30 }, readiness: { path: PATH } },
    askItself: (url) => ({ command: ['wget', '-q', '-O', '/dev/null', url] }),
    selector,
    security: UNPRIVILEGED,
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    permissions: UI,
  });
}

/** Without a header that names the user, the UI asks nobody; it must not be reachable for anybody else then. */
function authentication(userHeader: string | undefined): EnvVar[] {
  if (userHeader === undefined) return [{ name: 'APP_DISABLE_AUTH', value: 'true' }];
  return [
    { name: 'APP_DISABLE_AUTH', value: 'false' },
    ...(userHeader === USER_HEADER ? [] : [{ name: 'USERID_HEADER', value: userHeader }]),
  ];
}
