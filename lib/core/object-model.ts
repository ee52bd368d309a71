import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ConstructError, type Finding } from './finding';
import { finish } from './finish';
import { Images, type ListedImage } from './images/images';
import { KubeObject } from './kube-object';
import type { Manifest } from './manifest';
import { ModelIndex } from './model-index';
import { Notes } from './notes';
import { Schemas } from './schemas/schemas';

/** A finished object and the construct that declares it. */
export interface ModelObject {
  readonly construct: ApiObject;
  readonly manifest: Manifest;
}

/** A rule over the finished model. All rules run; their findings are reported together. */
export type Check = (model: ObjectModel) => Iterable<Finding>;

/** The finished objects of a construct tree, and what is known of them. */
export class ObjectModel {
  readonly index: ModelIndex;
  private readonly owners: ReadonlyMap<Manifest, IConstruct>;

  private constructor(
    /** The construct whose tree it is. */
    readonly root: IConstruct,
    /** In the order of the tree. */
    readonly objects: readonly ModelObject[],
    readonly schemas: Schemas,
    /** What went wrong while the objects were finished, and what their constructs have to say. */
    readonly findings: readonly Finding[],
  ) {
    this.index = new ModelIndex(this.manifests);
    this.owners = new Map(objects.map(({ construct, manifest }) => [manifest, construct]));
  }

  /** Collects and finishes every object at or below a construct. What cannot be finished becomes a finding. */
  static of(root: IConstruct): ObjectModel {
    const findings: Finding[] = [];
    const objects: ModelObject[] = [];
    for (const construct of root.node.findAll()) {
      for (const message of construct.node.validate()) findings.push({ severity: 'error', path: construct.node.path, message });
      findings.push(...Notes.at(construct));
      if (!ApiObject.isApiObject(construct)) continue;
      try {
        objects.push({ construct, manifest: finished(construct) });
      } catch (error) {
        const message = error instanceof ConstructError ? error.reason : (error as Error).message;
        findings.push({ severity: 'error', path: construct.node.path, message });
      }
    }
    const folders = objects.flatMap(({ construct }) =>
      KubeObject.isKubeObject(construct) ? (construct.type.schemas ?? []) : [],
    );
    return new ObjectModel(
      root,
      objects,
      new Schemas(
        objects.map(({ manifest }) => manifest),
        folders,
      ),
      findings,
    );
  }

  /** The finished objects, in the order of the tree. */
  get manifests(): Manifest[] {
    return this.objects.map(({ manifest }) => manifest);
  }

  /** Every image of the model, also those inside arguments, environment variables, configuration and custom resources. */
  get images(): ListedImage[] {
    return Images.list(this.objects);
  }

  /** Path of the construct that declares an object. */
  pathOf(manifest: Manifest): string {
    return this.owners.get(manifest)?.node.path ?? '';
  }

  /** The same model without some of its objects. */
  without(left: ReadonlySet<Manifest>): ObjectModel {
    return left.size === 0
      ? this
      : new ObjectModel(
          this.root,
          this.objects.filter(({ manifest }) => !left.has(manifest)),
          this.schemas,
          this.findings,
        );
  }

  /** The top chart names the component: the unit of a folder. */
  chartOf(manifest: Manifest): Chart {
    return Chart.of(this.owners.get(manifest) as IConstruct);
  }
}

/** cdk8s puts the chart's namespace on every object; a cluster-scoped one has none. */
function finished(construct: ApiObject): Manifest {
  if (KubeObject.isKubeObject(construct)) return construct.toJson();
  const manifest = finish(construct, construct.toJson());
  if (!manifest.metadata?.namespace || Schemas.shipped.find(manifest.apiVersion, manifest.kind)?.scope !== 'Cluster')
    return manifest;
  const { namespace: _, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}
