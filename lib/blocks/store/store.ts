import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { type EnvVar, persistentvolumeclaims, type ResourceRequirements } from '../../../crds-imports/core';
import type { Caller, Port } from '../../contracts';
import { declare, type Image, type Labels } from '../../core';
import { PodVolume } from '../server/pod-volume';
import type { HealthProbe } from '../server/probe';
import { Replicas } from '../server/replicas';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../server/security';
import { Server } from '../server/server';

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
  /** Name of the claim. @default - the construct's id */
  readonly claim?: string;
}

/** A store that comes with a component. */
export interface StoreProps {
  readonly engine: StoreEngine;
  readonly volume: StoreVolume;
  readonly resources: ResourceRequirements;
  /** Labels of all objects of the store, by which its pod is selected too. */
  readonly selector: Labels;
  /** Who may call it. */
  readonly callers: readonly Caller[];
  /** Name of the container. @default - the construct's id */
  readonly container?: string;
}

/**
 * A database or object store with one pod and one volume, for its callers alone, as far as no other policy of the namespace admits
 * more. It is in no mesh: not all of its callers are. Objects are named by the construct's id.
 */
export class Store extends Server {
  constructor(scope: Construct, id: string, props: StoreProps) {
    const { engine, volume, resources, selector, callers, container } = props;
    const { image, port, args, env, user, data, scratch, liveness, readiness } = engine;
    const { size, storageClass, claim = id } = volume;
    super(scope, id, {
      image,
      args,
      env,
      selector,
      resources,
      ports: [{ ...port, callers }],
      health: { port, liveness, readiness },
      replicas: Replicas.one('one pod at a time can have its volume'),
      // The old pod has to let go of the volume first.
      strategy: 'Recreate',
      names: { container },
      podSecurity: { fsGroup: user, fsGroupChangePolicy: 'OnRootMismatch' },
      security: { ...RESTRICTED_POD, ...RESTRICTED_CONTAINER, runAsUser: user, runAsGroup: user },
      volumes: [PodVolume.claim(claim, data), ...scratch.map((path, index) => PodVolume.scratch(path, `scratch-${index}`))],
    });
    declare(this, persistentvolumeclaims, {
      metadata: { name: claim, labels: selector },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: size.asString() } },
        ...(storageClass !== undefined && { storageClassName: storageClass }),
      },
    });
  }
}
