import * as pulumi from '@pulumi/pulumi';
import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { earlierPaths, type Move } from './moved';

/**
 * Type token of the component that stands for a construct. All have the same one: a URN has the tokens of its parents in it, so it
 * says how deep an object stands, but neither below what nor which class made it.
 */
const CONSTRUCT = 'kubeflow:index:Construct';

/** Stands for a construct that declares objects. */
class ConstructResource extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super(CONSTRUCT, name, {}, options);
    this.registerOutputs();
  }
}

/** The construct tree as components, as far as there are objects in it. */
export class Tree {
  private readonly components = new Map<IConstruct, pulumi.ComponentResource>();

  /**
   * @param root stands for the App, or for what is around the deployed construct
   * @param name goes before the names of all components
   * @param app the deployed app or construct
   */
  constructor(
    private readonly root: pulumi.ComponentResource,
    private readonly name: string,
    private readonly app: IConstruct,
    private readonly moves: readonly Move[],
  ) {}

  /** The parent of what a construct declares. */
  parentOf(construct: IConstruct): pulumi.ComponentResource {
    const { scope } = construct.node;
    return construct === this.app || !scope || scope instanceof App ? this.root : this.component(scope);
  }

  /** How a resource was known when its construct stood elsewhere. */
  formerParents(construct: IConstruct): pulumi.Alias[] {
    return this.formerPaths(construct).map((path) => ({ parent: this.urn(path.slice(0, -1)) }));
  }

  private component(construct: IConstruct): pulumi.ComponentResource {
    const known = this.components.get(construct);
    if (known) return known;
    const aliases = this.formerPaths(construct).map((path) => ({ name: this.nameOf(path), parent: this.urn(path.slice(0, -1)) }));
    const component = new ConstructResource(this.nameOf(this.pathOf(construct)), { parent: this.parentOf(construct), aliases });
    this.components.set(construct, component);
    return component;
  }

  private formerPaths(construct: IConstruct): string[][] {
    return earlierPaths(this.pathOf(construct).join('/'), this.moves).map((path) => path.split('/'));
  }

  /** The deployed construct's own id is the first step, unless it is the App. */
  private pathOf(construct: IConstruct): string[] {
    const { scopes } = construct.node;
    const below = scopes.slice(scopes.indexOf(this.app));
    return below.filter((scope) => !(scope instanceof App)).map(({ node }) => node.id);
  }

  private nameOf(path: readonly string[]): string {
    return `${this.name}:${path.join('/')}`;
  }

  /** The URN of the component that stood at a path. */
  private urn(path: readonly string[]): pulumi.Output<string> {
    return path.length === 0 ? this.root.urn : pulumi.createUrn(this.nameOf(path), CONSTRUCT, this.urn(path.slice(0, -1)));
  }
}
