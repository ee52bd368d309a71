import { Callers } from '../../blocks/network/callers';
import { Replicas } from '../../blocks/server/replicas';
import { Server } from '../../blocks/server/server';
import type { Port } from '../../contracts';
import type { Component } from '../../core';
import { images } from '../../release/images';
import type { ToldDatabase } from './database';
import { COLLECTED, part, UNPRIVILEGED } from './parts';

const { name, selector } = part('db-manager');

/** Who reports metrics. Where there are no profiles, the users' namespaces are known by the label that Experiments need there. */
const API: Port = {
  port: 6789,
  name: 'api',
  served: { byNumber: true },
  callers: [Callers.tenants, Callers.sameNamespace, Callers.namespaces(COLLECTED)],
};

/** Declares the service through which metrics reach the database. */
export function databaseManager(katib: Component, { env, volumes }: ToldDatabase): void {
  new Server(katib, name, {
    image: images.katib.dbManager,
    replicas: Replicas.any(),
    command: ['./katib-db-manager'],
    env,
    volumes,
    selector,
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
}
