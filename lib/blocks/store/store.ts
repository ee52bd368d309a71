import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { deployments } from '../../crds-imports/apps';
import {
  type EnvVar,
  persistentvolumeclaims,
  type ResourceRequirements,
  serviceaccounts,
  services,
} from '../../crds-imports/core';
import { networkpolicies } from '../../crds-imports/networking.k8s.io';
import { type Component, declare, type Image } from '../core';
import { admit, having, type Peer } from './network/network-policy';
import { containerPort, type Port, servedAt, servicePort } from './port';
import { type HealthProbe, probes } from './probe';
import { Replication, replicate } from './replication';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from './security';

/** The program that keeps the data. */
export interface StoreEngine {
  readonly image: Image;
  /** Port on which it serves. */
  readonly port: Port;
  /** @default - none */
  readonly args?: readonly string[];
  readonly env: readonly EnvVar[];
  /** User and group that it runs as. */
  readonly user: number;
  /** Folder that outlives the pod. */
  readonly data: string;
  /** Folders that it writes to besides, and that may be lost. */
  readonly scratch: readonly string[];
  readonly liveness: HealthProbe;
  readonly readiness: HealthProbe;
}

/** The volume of a store. */
export interface StoreVolume {
  readonly size: Size;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
}

/** A store that comes with a component. */
export interface StoreProps {
  readonly engine: StoreEngine;
  readonly volume: StoreVolume;
  readonly resources: ResourceRequirements;
  /** Labels of all objects of the store, by which its pod is selected too. */
  readonly selector: Readonly<Record<string, string>>;
  /** Who may call it. */
  readonly callers: readonly Peer[];
}

/**
 * A database or object store with one pod and one volume: ServiceAccount without a token, Deployment, claim, Service, and a
 * NetworkPolicy that admits its callers alone, as far as no other policy of the namespace admits more. Objects are named by the
 * construct's id.
 */
export class Store extends Construct {
  constructor(scope: Component, id: string, { engine, volume, resources, selector, callers }: StoreProps) {
    super(scope, id);
    const { image, port, args, env, user, data, scratch, liveness, readiness } = engine;
    const metadata = { name: id, labels: selector };
    declare(this, serviceaccounts, { metadata, automountServiceAccountToken: false });
    declare(this, persistentvolumeclaims, {
      metadata,
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: volume.size.asString() } },
        ...(volume.storageClass !== undefined && { storageClassName: volume.storageClass }),
      },
    });
    const scratches = scratch.map((mountPath, index) => ({ name: `scratch-${index}`, mountPath }));
    const { replicas } = replicate(this, id, selector, Replication.impossible('one pod at a time can have its volume'));
    declare(this, deployments, {
      metadata,
      spec: {
        replicas,
        selector: { matchLabels: selector },
        // The old pod has to let go of the volume first.
        strategy: { type: 'Recreate' },
        template: {
          metadata: { labels: { ...selector, 'sidecar.istio.io/inject': 'false' } },
          spec: {
            serviceAccountName: id,
            securityContext: { ...RESTRICTED_POD, fsGroup: user, fsGroupChangePolicy: 'OnRootMismatch' },
            containers: [
              {
                name: id,
                image: image.toString(),
                imagePullPolicy: 'IfNotPresent',
                ...(args && { args }),
                env,
                ports: [containerPort(port)],
                ...probes({ port, liveness, readiness }),
                resources,
                securityContext: { ...RESTRICTED_POD, ...RESTRICTED_CONTAINER, runAsUser: user, runAsGroup: user },
                volumeMounts: [{ name: id, mountPath: data }, ...scratches],
              },
            ],
            volumes: [
              { name: id, persistentVolumeClaim: { claimName: id } },
              ...scratches.map(({ name }) => ({ name, emptyDir: {} })),
            ],
          },
        },
      },
    });
    const ports = servedAt(port, id).map(({ served }) => servicePort(port, served));
    declare(this, services, { metadata, spec: { type: 'ClusterIP', selector, ports } });
    declare(this, networkpolicies, { metadata, spec: admit(having(selector), callers, [port.port]) });
  }
}
