import type { Container, LifecycleHandler, Probe } from '../../../crds-imports/core';
import type { Field } from './field';
import { port, portNumber } from './ports';
import { HEADER_NAME } from './texts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const COUNTS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const;

/** What tells a pod how long it may take to end. */
export interface GracePeriod {
  readonly terminationGracePeriodSeconds?: number;
}

/** The probes of a container and what runs when it starts and ends. */
export function probes(field: Field, container: Container, grace: GracePeriod): void {
  for (const name of PROBES) {
    const probe = container[name];
    if (probe) validate(field.at(name), probe, name);
  }
  const { lifecycle = {} } = container;
  for (const name of ['postStart', 'preStop'] as const) {
    const hook = lifecycle[name];
    if (hook) handler(field.at('lifecycle').at(name), hook, ['exec', 'httpGet', 'tcpSocket', 'sleep'], grace);
  }
  if (lifecycle.stopSignal) field.at('lifecycle').at('stopSignal').say('needs the os of the pod, spec.os.name');
}

function validate(field: Field, probe: Probe, name: (typeof PROBES)[number]): void {
  // KServe's main container may leave it to the controller what is asked.
  if (!field.isPartial || ['exec', 'httpGet', 'tcpSocket', 'grpc'].some((one) => one in probe))
    handler(field, probe, ['exec', 'httpGet', 'tcpSocket', 'grpc']);
  if (probe.grpc) portNumber(field.at('grpc'), 'port', probe.grpc.port);
  for (const count of COUNTS) field.number(count, probe[count], 0);
  const { successThreshold, terminationGracePeriodSeconds } = probe;
  // The API server makes a zero one.
  if (name !== 'readinessProbe' && successThreshold !== undefined && successThreshold > 1)
    field.at('successThreshold').must('be 1', successThreshold);
  if (name !== 'readinessProbe') field.number('terminationGracePeriodSeconds', terminationGracePeriodSeconds, 1);
  else if (terminationGracePeriodSeconds !== undefined)
    field.at('terminationGracePeriodSeconds').say('is not for a readinessProbe: it ends no container');
}

function handler(field: Field, handler: LifecycleHandler, kinds: readonly string[], grace?: GracePeriod): void {
  field.oneOf(handler, kinds);
  const { exec, httpGet, tcpSocket, sleep } = handler;
  if (exec && !exec.command?.length) field.at('exec').at('command').say('is required');
  if (httpGet) {
    const at = field.at('httpGet');
    if (httpGet.port !== undefined) port(at, 'port', httpGet.port);
    at.each('httpHeaders', httpGet.httpHeaders, ({ name }, header) => header.text('name', name, HEADER_NAME));
  }
  if (tcpSocket) port(field.at('tcpSocket'), 'port', tcpSocket.port);
  if (sleep) field.at('sleep').number('seconds', sleep.seconds, 0, grace?.terminationGracePeriodSeconds ?? 30);
}
