import { Construct } from 'constructs';
import {
  type Availability,
  ENDPOINT,
  Endpoint,
  type EndpointOptions,
  ISSUER,
  type IssuerReference,
  Settings,
} from '../contracts';
import { type Existing, type ImageSettings, Images, World } from '../core';
import { catalogue } from '../release/images';
import { checkPlatform } from './checks';
import { type ExistingComponents, type KubeflowComponents, products, providerOf } from './products';
import { type WorkloadSettings, WorkloadTransform } from './workload-settings';

/** Options of a platform. */
export interface KubeflowPlatformProps {
  /** What is named is installed, nothing else. */
  readonly components: KubeflowComponents;

  /**
   * What the cluster has already: components of the platform, and any objects that the model refers to.
   *
   * @default - nothing but what every cluster has
   */
  readonly existing?: ExistingComponents & {
    /** Any objects. @default - none */
    readonly objects?: readonly Existing[];
  };

  /**
   * The address under which users reach the platform. What speaks of the outside follows from it: the gateway of the mesh, its
   * certificate, the domain of models, cookies, where a login comes back to.
   *
   * @default - nobody speaks of one; a mesh that the platform installs needs it
   */
  readonly endpoint?: EndpointOptions;

  /**
   * How much the platform withstands.
   *
   * @default 'single'
   */
  readonly availability?: Availability;

  /**
   * Where images come from.
   *
   * @default - the registries of the release, without pull secrets
   */
  readonly images?: ImageSettings;

  /**
   * What all workloads of the platform have in common, and what single ones get instead of their defaults.
   *
   * @default - what each component says
   */
  readonly workloads?: WorkloadSettings;

  /**
   * Verbosity of the programs that take one, 0 (errors only) to 10 (everything). A component's own option goes before it.
   *
   * @default - what each component says, mostly 2
   */
  readonly verbosity?: number;
}

/**
 * A Kubeflow platform: its components, and what all of them share. Whatever an object below it refers to is installed or
 * declared as existing; anything else is an error at synthesis.
 *
 * @see https://github.com/kubeflow/manifests/tree/v26.03.1
 */
export class KubeflowPlatform extends Construct {
  /**
   * @throws ConstructError when a component is unknown, when one needs another that is neither installed nor existing, when one
   * is both, or when a number is outside of its range
   */
  constructor(scope: Construct, id: string, props: KubeflowPlatformProps) {
    super(scope, id);
    const { components, existing: { objects = [], ...existing } = {}, images = {}, availability = 'single', workloads } = props;
    checkPlatform(this, props);
    World.close(this);
    World.declare(this, ...objects);
    World.suggest(this, providerOf);
    Images.settle(this, catalogue, images);
    Settings.offer(this, { availability, verbosity: props.verbosity });
    if (props.endpoint) ENDPOINT.offer(this, new Endpoint(props.endpoint));
    if (workloads) new WorkloadTransform(workloads).on(this);
    const asked = products.map(([name, product]) => ({
      product,
      there: optionsOf(existing, name),
      options: optionsOf(components, name),
    }));
    // The types of the props have matched them with the products, which a list does not tell.
    // All offers come before all objects: no product has to stand before another that asks it.
    for (const { product, there, options } of asked) {
      if (there) product.existing(this, there as never);
      if (options) product.offer?.(this, options as never);
    }
    for (const { product, options } of asked) if (options) product.install?.(this, product.id, options as never);
  }

  /** Signs the platform's certificates; undefined without cert-manager. */
  get issuer(): IssuerReference | undefined {
    return ISSUER.near(this);
  }
}

function optionsOf(record: ExistingComponents | KubeflowComponents, name: string): object | undefined {
  return record[name as keyof typeof record];
}
