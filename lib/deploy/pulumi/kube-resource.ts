import { createRequire } from 'node:module';
import * as pulumi from '@pulumi/pulumi';
import type { Manifest, Metadata } from '../../core';
import { groupOf, versionOf } from '../../core/kind';

/** The version of the provider plugin that the installed SDK is made for. */
const PLUGIN = (createRequire(__filename)('@pulumi/kubernetes/package.json') as { version: string }).version;

/** What a kind's interface says of one of its members. */
type Member<T, Name extends string> = T extends { readonly [name in Name]?: infer V } ? NonNullable<V> : unknown;

/**
 * One object of a model in the deployment: a resource with the token that the Kubernetes SDK has for its kind, so state, imports
 * and policies treat it like the SDK's own. Its members are Outputs of what the cluster has.
 */
export class KubeResource<T = unknown> extends pulumi.CustomResource {
  declare readonly metadata: pulumi.Output<Metadata>;
  declare readonly spec: pulumi.Output<Member<T, 'spec'>>;
  /** What controllers say of the object; undefined as long as they say nothing. */
  declare readonly status: pulumi.Output<Readonly<Record<string, unknown>> | undefined>;

  /** @internal */
  constructor(name: string, object: Readonly<Record<string, unknown>>, token: string, options: pulumi.CustomResourceOptions) {
    super(token, name, { ...object, status: undefined }, { version: PLUGIN, ...options });
  }
}

/** The type token of the Kubernetes SDK: `kubernetes:apps/v1:Deployment`, `kubernetes:core/v1:ConfigMap`. */
export function tokenOf({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): string {
  return `kubernetes:${groupOf(apiVersion) || 'core'}/${versionOf(apiVersion)}:${kind}`;
}

/** The name of an object's resource: `namespace/name`, or the name alone; as `yaml.v2.ConfigGroup` names them. */
export function resourceName({ metadata }: Manifest, prefix: string | undefined): string {
  const { name, namespace } = metadata;
  return `${prefix === undefined ? '' : `${prefix}:`}${namespace ? `${namespace}/` : ''}${name}`;
}
