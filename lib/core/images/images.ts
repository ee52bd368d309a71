import type { IConstruct } from 'constructs';
import { secrets } from '../../../crds-imports/core';
import { ConstructError } from '../finding';
import type { Manifest } from '../manifest';
import { nameProblem } from '../names';
import { podSpecs } from '../pods';
import { Scoped } from '../scoped';
import { unshared } from '../unshared';
import { Existing, World } from '../world';
import { Catalogue } from './catalogue';
import { findImages, mapImages } from './find';
import { Image } from './image';
import type { ImageSettings } from './settings';

const scoped = new Scoped<Images>('cdk8s-kubeflow:images');

/** An image of a model, and every place that names it. */
export interface ListedImage {
  readonly image: string;
  /** What it is a copy of where it comes from a mirror: the same with the registry of the release; otherwise itself. */
  readonly origin: string;
  /** Whether the release names it; otherwise it is a user's own. */
  readonly ofRelease: boolean;
  /** `construct path: field path`, in the order of the model. */
  readonly places: readonly string[];
}

/** The image settings of one scope, held against the catalogue of the release. */
export class Images {
  private readonly release: Catalogue;
  /** The release after mirror and overrides. */
  private readonly finished: Catalogue;
  /** By repository, or by version. */
  private readonly overrides: ReadonlyMap<string, Image>;
  /** By version. */
  private readonly digests: ReadonlyMap<string, string>;
  /** The upstream repository of each one in a mirror. */
  private readonly mirrored = new Map<string, string>();
  /** What each one in a mirror is a copy of, as it is written. */
  private readonly origins = new Map<string, string>();
  /** Keys of overrides and digests that met an image. */
  private readonly used = new Set<string>();

  private constructor(
    release: readonly Image[],
    readonly settings: ImageSettings,
  ) {
    this.release = new Catalogue(release);
    this.overrides = new Map(
      Object.entries(settings.overrides ?? {}).map(([of, image]) => [overrideKey(Image.of(of)), Image.of(image)]),
    );
    this.digests = new Map(
      Object.entries(settings.digests ?? {}).map(([reference, digest]) => [Image.of(reference).version, digest]),
    );
    this.checkDigests();
    this.checkPullSecrets();
    this.checkHosts(release);
    this.finished = new Catalogue(release.map((image) => this.replace(image)));
  }

  /**
   * Settles where the images below a construct come from. The settings nearest to an object hold.
   *
   * @param release the images of the release
   * @throws ConstructError when a reference or digest is malformed, or when two images would become one in the mirror
   */
  static settle(scope: IConstruct, release: readonly Image[], settings: ImageSettings = {}): void {
    try {
      scoped.add(scope, new Images(release, settings));
      // The settings bring their names to every namespace; each has the Secrets, or its pods pull nothing.
      World.declare(scope, ...(settings.pullSecrets ?? []).map((name) => Existing.object(secrets, name, '*')));
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
    const result = mapImages(object, this.release, (image) => {
      for (const key of [image.repository, image.version]) this.used.add(key);
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

  /**
   * What an image becomes.
   *
   * @throws Error when it would become the same as another one
   */
  replace(image: Image): Image {
    const override = this.overrideOf(image);
    if (override) return override;
    const digest = this.digests.get(image.version);
    const pinned = digest ? image.withDigest(digest) : image;
    const mirror = this.mirrorOf(image);
    if (!mirror) return pinned;
    const target = pinned.from(mirror);
    const other = this.mirrored.get(target.repository) ?? image.repository;
    if (other !== image.repository)
      throw new Error(
        `${other} and ${image.repository} would both become ${target.repository}; give each registry a mirror of its own`,
      );
    this.mirrored.set(target.repository, image.repository);
    this.origins.set(target.toString(), pinned.toString());
    return target;
  }

  /** Keys of the overrides and digests of a scope to which no image of the finished objects answers. */
  static unused(scope: IConstruct): string[] {
    return scoped
      .at(scope)
      .flatMap((images) => [...images.overrides.keys(), ...images.digests.keys()].filter((key) => !images.used.has(key)));
  }

  /** Every image of finished objects, with the places that name it. */
  static list(objects: Iterable<{ construct: IConstruct; manifest: Manifest }>): ListedImage[] {
    const listed = new Map<string, Omit<ListedImage, 'image' | 'places'> & { places: string[] }>();
    for (const { construct, manifest } of objects) {
      const images = Images.of(construct);
      const known = images?.finished ?? new Catalogue();
      for (const { image, path } of findImages(manifest, known)) {
        const origin = images?.origins.get(image.toString()) ?? image.toString();
        const entry = listed.get(image.toString()) ?? { origin, ofRelease: known.has(image), places: [] };
        entry.places.push(`${construct.node.path}: ${path}`);
        listed.set(image.toString(), entry);
      }
    }
    return [...listed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([image, entry]) => ({ image, ...entry }));
  }

  private overrideOf(image: Image): Image | undefined {
    return this.overrides.get(image.version) ?? this.overrides.get(image.repository);
  }

  private mirrorOf(image: Image): string | undefined {
    if (!this.settings.rewriteOwn && !this.release.has(image)) return undefined;
    const { registry } = this.settings;
    return typeof registry === 'string' ? registry : registry?.[image.registry];
  }

  private checkDigests(): void {
    for (const [reference, digest] of this.digests) {
      if (!/^sha256:[0-9a-f]{64}$/.test(digest))
        throw new Error(`the digest of ${reference} is ${JSON.stringify(digest)}, must be sha256: and 64 hexadecimal digits`);
      const override = this.overrideOf(Image.of(reference));
      if (override) throw new Error(`${reference} is replaced by ${override}; give the digest there`);
    }
  }

  private checkPullSecrets(): void {
    for (const name of this.settings.pullSecrets ?? []) {
      const wrong = nameProblem('', 'Secret', name);
      if (wrong) throw new Error(`of a pull secret, ${wrong}`);
    }
  }

  /** A host that is misspelt would leave its images where they are. */
  private checkHosts(release: readonly Image[]): void {
    const { registry, rewriteOwn } = this.settings;
    if (typeof registry !== 'object' || rewriteOwn) return;
    const hosts = new Set(release.map((image) => image.registry));
    const unknown = Object.keys(registry).find((host) => !hosts.has(host));
    if (unknown) throw new Error(`no image of the release comes from ${unknown}; they come from ${[...hosts].sort().join(', ')}`);
  }
}

function overrideKey(image: Image): string {
  return image.tag || image.digest ? image.version : image.repository;
}
