import type { Construct } from 'constructs';
import { type CustomResourceDefinition, customresourcedefinitions } from '../../crds-imports/apiextensions.k8s.io';
import { ConstructError } from './finding';
import type { Kind } from './kind';
import { type Body, KubeObject } from './kube-object';
import type { Manifest } from './manifest';
import { resolve } from './resolve';
import { Pool } from './schemas/pool';

/** What a component adds to the definitions of its kinds. */
export interface DefinitionOptions {
  /** @default - the definition's own */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - the definition's own, but for those that name another object */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * How objects get from one version to another.
   *
   * @default - without change, but for the version
   */
  readonly conversion?: CustomResourceDefinition['spec']['conversion'];
}

/** `namespace/name`: an object of the installation that a definition was read from. */
const OBJECT = /^[^/\s]+\/[^/\s]+$/;

/** The CustomResourceDefinition of a kind, emitted from the schema pool that describes it. */
export class Definition extends KubeObject<CustomResourceDefinition> {
  private readonly definition: Manifest;

  /** @throws ConstructError when the kind has no definition in a pool, as Kubernetes' own kinds have none */
  constructor(
    scope: Construct,
    id: string,
    readonly defines: Kind,
    private readonly options: DefinitionOptions = {},
  ) {
    const definition = defines.schemas ? Pool.at(defines.schemas).definition(defines.definition) : undefined;
    if (!definition)
      throw new ConstructError(
        `${scope.node.path}/${id}`,
        `the schema pool has no definition of ${defines.apiVersion} ${defines.kind}`,
      );
    const { labels, annotations = {} } = definition.metadata;
    // Which webhook converts, and whose certificate the API server trusts, is for the component to say.
    const kept = Object.entries(annotations).filter(([, value]) => !OBJECT.test(value));
    super(scope, id, customresourcedefinitions, {
      metadata: {
        name: definition.metadata.name,
        labels: { ...labels, ...options.labels },
        annotations: { ...Object.fromEntries(kept), ...options.annotations },
      },
    } as Body<CustomResourceDefinition>);
    this.definition = definition;
  }

  /** The pool's schemas are plain data, shared between versions; there is nothing to resolve in them. */
  protected override data(): Omit<Manifest, 'apiVersion' | 'kind'> {
    const { conversion: _, ...spec } = (this.definition as unknown as CustomResourceDefinition).spec;
    const { conversion } = this.options;
    return { metadata: { name: this.name }, spec: conversion ? { ...spec, conversion: resolve(conversion, this) } : spec };
  }
}
