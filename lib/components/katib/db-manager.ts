import { networkpolicies } from '../../../crds-imports/networking.k8s.io';
import { ControllerManager } from '../../blocks/controller-manager';
import { admit, Caller, having } from '../../blocks/network/network-policy';
import type { Port } from '../../blocks/port';
import { Replication } from '../../blocks/replication';
import type { Component } from '../../core';
import { images } from '../../release/images';
import type { DatabaseConnection } from './database';
import { COLLECTED, part, UNPRIVILEGED } from './parts';

const { name, selector } = part('db-manager');
const API: Port = { port: 6789, name: 'api', served: { byNumber: true } };

/** Who reports metrics. Where there are no profiles, the users' namespaces are known by the label that Experiments need there. */
const CALLERS = [
  Caller.namespaces({ 'app.kubernetes.io/part-of': 'kubeflow-profile' }),
  Caller.sameNamespace,
  Caller.namespaces(COLLECTED),
];

/** Declares the service through which metrics reach the database. */
export function databaseManager(katib: Component, { env, mounts }: DatabaseConnection): void {
  new ControllerManager(katib, name, {
    image: images.katib.dbManager,
    replication: Replication.stateless,
    command: ['./katib-db-manager'],
    env,
    mounts,
    selector,
    podLabels: { 'sidecar.istio.io/inject': 'false' },
    security: UNPRIVILEGED,
    ports: [API],
    health: {
      port: API,
      // Both ask the database, which takes its time to start.
      liveness: { grpc: true, initialDelaySeconds: 10, periodSeconds: 60, failureThreshold: 5 },
      readiness: { grpc: true, periodSeconds: 10 },
    },
    resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
  });
  katib.object(networkpolicies, {
    metadata: { name, labels: selector },
    spec: admit(having(selector), CALLERS, [API.port]),
  });
}
