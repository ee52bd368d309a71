import { type ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Facts } from './facts/facts';
import { type Finding, reasonOf } from './finding';
import { finish } from './finish';
import { Images, type ListedImage } from './images/images';
import { groupOf } from './kind';
import { KubeObject } from './kube-object';
import { identityOf, type Manifest } from './manifest';
import { ModelIndex } from './model-index';
import { Notes } from './notes';
import { parseSentence } from './rule';
import { Schemas } from './schemas/schemas';
import { objectsBelow, whileFinished } from './tree';
import { Validated } from './validated';

/** A finished object and the construct that declares it. */
export interface ModelObject {
  readonly construct: ApiObject;
  readonly manifest: Manifest;
}

/** The finished objects of a construct tree, and what is known of them. */
export class ObjectModel {
  private readonly owners: ReadonlyMap<Manifest, IConstruct>;

  private constructor(
    /** The construct whose tree it is. */
    readonly root: IConstruct,
    /** In the order of the tree. */
    readonly objects: readonly ModelObject[],
    readonly schemas: Schemas,
    /** All objects, also those that a rule does not see because they are not what their schema says. */
    readonly index: ModelIndex,
    /** What went wrong while the objects were finished, and what their constructs have to say. */
    readonly findings: readonly Finding[],
    /** Identities of the objects that could not be finished. */
    private readonly unfinished: ReadonlySet<string>,
  ) {
    this.owners = new Map(objects.map(({ construct, manifest }) => [manifest, construct]));
  }

  /**
   * Collects and finishes every object at or below a construct. What cannot be finished becomes a finding.
   *
   * @param facts what is known of kinds. @default - what Kubernetes says of its own
   */
  static of(root: IConstruct, facts: Facts = Facts.kubernetes): ObjectModel {
    return whileFinished(root, () => ObjectModel.collect(root, facts));
  }

  private static collect(root: IConstruct, facts: Facts): ObjectModel {
    const ask = (construct: IConstruct) => construct.node.validate().map((text) => failure(construct, parseSentence(text)));
    // Where cdk8s validates, it asks every construct itself.
    const isAsked = Validated.isAsked(root);
    const findings = Validated.apart(root, () =>
      root.node.findAll().flatMap((construct) => [...(isAsked ? [] : ask(construct)), ...Notes.at(construct)]),
    );
    const unfinished = new Set<string>();
    const objects: ModelObject[] = [];
    for (const construct of objectsBelow(root)) {
      try {
        objects.push({ construct, manifest: finished(construct) });
      } catch (error) {
        findings.push(failure(construct, { message: reasonOf(error) }));
        unfinished.add(declaredIdentity(construct));
      }
    }
    const folders = objects.flatMap(({ construct }) =>
      KubeObject.isKubeObject(construct) && construct.type.schemas !== undefined ? [construct.type.schemas] : [],
    );
    const manifests = objects.map(({ manifest }) => manifest);
    const index = new ModelIndex(manifests, facts);
    return new ObjectModel(root, objects, new Schemas(manifests, folders), index, findings, unfinished);
  }

  /** The finished objects, in the order of the tree. */
  get manifests(): Manifest[] {
    return this.objects.map(({ manifest }) => manifest);
  }

  /** Every image of the model, also those inside arguments, environment variables, configuration and custom resources. */
  get images(): ListedImage[] {
    return Images.list(this.objects);
  }

  /** Whether the model has an object with an identity, well-formed or not. */
  declares(id: string): boolean {
    return this.index.get(id) !== undefined || this.unfinished.has(id);
  }

  /** Whether an object is one of `objects`. */
  has(manifest: Manifest): boolean {
    return this.owners.has(manifest);
  }

  /** Path of the construct that declares an object. */
  pathOf(manifest: Manifest): string {
    return this.owners.get(manifest)?.node.path ?? '';
  }

  /** The same model, some of whose objects are only there to be referred to. */
  without(left: ReadonlySet<Manifest>): ObjectModel {
    if (left.size === 0) return this;
    const objects = this.objects.filter(({ manifest }) => !left.has(manifest));
    return new ObjectModel(this.root, objects, this.schemas, this.index, this.findings, this.unfinished);
  }

  /** The chart of an object names its component: the unit of a folder. */
  chartOf(manifest: Manifest): Chart {
    return Chart.of(this.owners.get(manifest) as IConstruct);
  }
}

function failure(construct: IConstruct, said: Pick<Finding, 'message' | 'rule'>): Finding {
  return { severity: 'error', path: construct.node.path, ...said };
}

/** The identity of an object that is not finished. */
function declaredIdentity({ apiVersion, kind, metadata, name }: ApiObject): string {
  return identityOf(groupOf(apiVersion), kind, metadata.namespace, name);
}

/** cdk8s puts the chart's namespace on every object; a cluster-scoped one has none. */
function finished(construct: ApiObject): Manifest {
  if (KubeObject.isKubeObject(construct)) return construct.finished();
  const manifest = finish(construct, construct.toJson());
  if (!manifest.metadata?.namespace || Schemas.shipped.find(manifest.apiVersion, manifest.kind)?.scope !== 'Cluster')
    return manifest;
  const { namespace: _, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}
