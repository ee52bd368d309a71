import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Definition, type DefinitionOptions } from './definition';
import type { Kind } from './kind';
import { type Body, KubeObject } from './kube-object';
import { namespaceOf } from './tree';

/** What all objects of a component have in common. */
export interface ComponentProps {
  /** Namespace of the component's namespaced objects; one of them may name another. */
  readonly namespace: string;
  /**
   * Labels of all objects of the component.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The objects of one product: a cdk8s Chart, the unit of an output folder. It declares no order; order is read from the objects.
 */
export abstract class Component extends Chart {
  // biome-ignore lint/complexity/noUselessConstructor: a Chart's namespace is optional, a component's is not
  constructor(scope: Construct, id: string, options: ComponentProps) {
    super(scope, id, options);
  }

  /** Declares an object. Its construct id is its kind and name, with the namespace where that is not the component's. */
  object<T>(kind: Kind<T>, body: Body<T>): KubeObject<T> {
    return declare(this, kind, body);
  }

  /** Declares the CustomResourceDefinitions of kinds, from the schema pool. Returns the kinds. */
  definitions<K extends Kind>(kinds: readonly K[], options?: DefinitionOptions): readonly K[] {
    for (const kind of kinds) new Definition(this, `customresourcedefinition-${kind.definition}`, kind, options);
    return kinds;
  }
}

/** Declares an object in any scope below a Chart, with an id that says what it is. */
export function declare<T>(scope: Construct, kind: Kind<T>, body: Body<T>): KubeObject<T> {
  const { name, namespace } = body.metadata;
  const place = namespace && namespace !== namespaceOf(scope) ? `${namespace}.` : '';
  return new KubeObject(scope, `${kind.kind.toLowerCase()}-${place}${name}`, kind, body);
}
