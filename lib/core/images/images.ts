import type { IConstruct } from 'constructs';
import { ConstructError } from '../finding';
import type { Manifest } from '../manifest';
import { podSpecs } from '../pods';
import { Scoped } from '../scoped';
import { unshared } from '../unshared';
import { findImages, mapImages } from './find';
import { Image } from './image';
import type { ImageSettings } from './settings';

const scoped = new Scoped<Images>('cdk8s-kubeflow:images');

/** An image of a model, and every place that names it. */
export interface ListedImage {
  readonly image: string;
  /** Whether the release names it; otherwise it is a user's own. */
  readonly ofRelease: boolean;
  /** `construct path: field path`, in the order of the model. */
  readonly places: readonly string[];
}

/** The image settings of one scope, held against the catalogue of the release. */
export class Images {
  private readonly repositories: ReadonlySet<string>;
  /** The repositories of the catalogue after mirror and overrides. */
  private readonly finished: ReadonlySet<string>;
  /** By repository, or by repository and tag. */
  private readonly overrides: ReadonlyMap<string, Image>;
  private readonly digests: ReadonlyMap<string, string>;
  /** Keys of overrides and digests that met an image. */
  private readonly used = new Set<string>();

  private constructor(
    catalogue: readonly Image[],
    readonly settings: ImageSettings,
  ) {
    this.repositories = new Set(catalogue.map((image) => image.repository));
    this.overrides = new Map(
      Object.entries(settings.overrides ?? {}).map(([of, image]) => [overrideKey(Image.of(of)), Image.of(image)]),
    );
    this.digests = new Map(
      Object.entries(settings.digests ?? {}).map(([reference, digest]) => [tagged(Image.of(reference)), digest]),
    );
    this.finished = new Set(catalogue.map((image) => this.replace(image).repository));
  }

  /**
   * Settles where the images below a construct come from. The settings nearest to an object hold.
   *
   * @param catalogue the images of the release
   * @throws ConstructError when a reference or digest is malformed, or when two images would become one in the mirror
   */
  static settle(scope: IConstruct, catalogue: readonly Image[], settings: ImageSettings = {}): void {
    try {
      const images = new Images(catalogue, settings);
      images.checkMirror(catalogue);
      scoped.add(scope, images);
    } catch (error) {
      throw new ConstructError(scope.node.path, `images: ${(error as Error).message}`);
    }
  }

  /** The settings that reach a construct, if any scope has some. */
  static of(construct: IConstruct): Images | undefined {
    return scoped.reaching(construct)[0];
  }

  /** The object as it is deployed: from the mirror, pinned, with pull secrets and pull policy. */
  apply(object: Manifest): Manifest {
    const { pullSecrets = [], pullPolicy } = this.settings;
    const result = mapImages(object, this.repositories, (image) => {
      for (const key of [image.repository, tagged(image)]) this.used.add(key);
      return this.replace(image);
    });
    if (!pullSecrets.length && !pullPolicy) return result;
    const copy = unshared(result);
    for (const { spec } of podSpecs(copy)) {
      if (pullSecrets.length) {
        const names = new Set([...(spec.imagePullSecrets ?? []).map((secret) => secret.name ?? ''), ...pullSecrets]);
        spec.imagePullSecrets = [...names].map((name) => ({ name }));
      }
      for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])])
        if (pullPolicy) container.imagePullPolicy = pullPolicy;
    }
    return copy;
  }

  /** What an image becomes. */
  replace(image: Image): Image {
    const override = this.overrides.get(tagged(image)) ?? this.overrides.get(image.repository);
    if (override) return override;
    const digest = this.digests.get(tagged(image));
    const pinned = digest ? image.withDigest(digest) : image;
    const mirror = this.mirror(image);
    return mirror ? pinned.from(mirror) : pinned;
  }

  /** Keys of the overrides and digests of a scope to which no image of the finished objects answers. */
  static unused(scope: IConstruct): string[] {
    return scoped
      .at(scope)
      .flatMap((images) => [...images.overrides.keys(), ...images.digests.keys()].filter((key) => !images.used.has(key)));
  }

  /** Every image of finished objects, with the places that name it. */
  static list(objects: Iterable<{ construct: IConstruct; manifest: Manifest }>): ListedImage[] {
    const listed = new Map<string, { ofRelease: boolean; places: string[] }>();
    for (const { construct, manifest } of objects) {
      const known = Images.of(construct)?.finished ?? new Set<string>();
      for (const { image, path } of findImages(manifest, known)) {
        const entry = listed.get(image.toString()) ?? { ofRelease: known.has(image.repository), places: [] };
        entry.places.push(`${construct.node.path}: ${path}`);
        listed.set(image.toString(), entry);
      }
    }
    return [...listed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([image, entry]) => ({ image, ...entry }));
  }

  private mirror(image: Image): string | undefined {
    if (!this.settings.rewriteOwn && !this.repositories.has(image.repository)) return undefined;
    const { registry } = this.settings;
    return typeof registry === 'string' ? registry : registry?.[image.registry];
  }

  private checkMirror(catalogue: readonly Image[]): void {
    for (const [reference, digest] of this.digests) {
      if (!/^sha256:[0-9a-f]{64}$/.test(digest))
        throw new Error(`the digest of ${reference} is ${JSON.stringify(digest)}, must be sha256: and 64 hexadecimal digits`);
    }
    const targets = new Map<string, string>();
    for (const image of catalogue) {
      if (this.overrides.has(image.repository)) continue;
      const target = this.replace(image).repository;
      const other = targets.get(target);
      if (other && other !== image.repository)
        throw new Error(`${other} and ${image.repository} would both become ${target}; give each registry a mirror of its own`);
      targets.set(target, image.repository);
    }
  }
}

function tagged(image: Image): string {
  return `${image.repository}:${image.tag ?? 'latest'}`;
}

function overrideKey(image: Image): string {
  return image.tag ? tagged(image) : image.repository;
}
