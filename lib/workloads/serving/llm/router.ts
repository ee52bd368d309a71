import type { GatewayRef, RouteHttpSpec, Router, Scheduler } from '../../../../crds-imports/serving.kserve.io';
import type { InferencePoolSpec } from '../../../../crds-imports/shared';
import type { Labels } from '../../../core';
import type { DeclaredObject } from '../../pod/declared-object';
import { nameOf } from '../../pod/env';
import { given } from '../../pod/given';

/** Which replica a request goes to. */
export interface LLMSchedulerOptions {
  /** At least 1. @default 1 */
  readonly replicas?: number;
  /** Configuration of the endpoint picker: as data, or a key of a ConfigMap. @default - the preset's */
  readonly config?: Readonly<Record<string, unknown>> | { readonly configMap: DeclaredObject | string; readonly key: string };
  /** Name of an InferencePool that exists, or what one says that is made. @default - one is made from the preset */
  readonly pool?: string | InferencePoolSpec;
  /** Pods of the endpoint picker; what is left out is the preset's. Its container is called `main`. @default - the preset's */
  readonly template?: Scheduler['template'];
  /** Labels of its pods. @default - none */
  readonly podLabels?: Labels;
  /** Annotations of its pods. @default - none */
  readonly podAnnotations?: Labels;
}

/** How requests reach a language model; `managed` lets KServe make it from its presets. */
export interface LLMRouterOptions {
  /** A route that is made, routes that exist by name, or what a route says. @default - none */
  readonly route?: 'managed' | readonly string[] | RouteHttpSpec;
  /**
   * The gateway of the platform, or gateways as `namespace/name`, with `namespace/name#listener` for one of its listeners alone.
   *
   * @default - none, or that of the routes that exist
   */
  readonly gateway?: 'managed' | readonly `${string}/${string}`[];
  /** Whether requests go where their prefix is cached, and by what. @default - any replica */
  readonly scheduler?: 'managed' | LLMSchedulerOptions;
}

/** The router as the API takes it. */
export function routerSpec({ route, gateway, scheduler }: LLMRouterOptions): Router {
  return {
    ...(route && { route: routeSpec(route) }),
    ...(gateway && { gateway: gateway === 'managed' ? {} : { refs: gateway.map(gatewayRef) } }),
    ...(scheduler && { scheduler: scheduler === 'managed' ? {} : schedulerSpec(scheduler) }),
  };
}

function routeSpec(route: NonNullable<LLMRouterOptions['route']>): NonNullable<Router['route']> {
  if (route === 'managed') return {};
  return { http: isNames(route) ? { refs: route.map((name) => ({ name })) } : { spec: route } };
}

function isNames(route: readonly string[] | RouteHttpSpec): route is readonly string[] {
  return Array.isArray(route);
}

function gatewayRef(gateway: string): GatewayRef {
  const [namespace, rest = ''] = gateway.split('/');
  const [name, sectionName] = rest.split('#');
  return given({ name, namespace, sectionName });
}

function schedulerSpec({ replicas, config, pool, template, podLabels, podAnnotations }: LLMSchedulerOptions): Scheduler {
  return given({
    replicas,
    config: config && configSpec(config),
    pool: pool === undefined ? undefined : typeof pool === 'string' ? { ref: { name: pool } } : { spec: pool },
    template,
    labels: podLabels,
    annotations: podAnnotations,
  });
}

function configSpec(config: NonNullable<LLMSchedulerOptions['config']>): NonNullable<Scheduler['config']> {
  if (!('configMap' in config)) return { inline: { ...config } };
  const { configMap, key } = config as { configMap: DeclaredObject | string; key: string };
  return { ref: { name: nameOf(configMap), key } };
}
