import type { Image } from './image';

/** Images of a release, by the names that they have in one place: upstream, or in a mirror. */
export class Catalogue {
  private readonly repositories: ReadonlySet<string>;
  private readonly versions: ReadonlySet<string>;

  constructor(images: readonly Image[] = []) {
    this.repositories = new Set(images.map((image) => image.repository));
    this.versions = new Set(images.map((image) => image.version));
  }

  /** Whether it has an image, in whatever version. */
  has(image: Image): boolean {
    return this.repositories.has(image.repository);
  }

  /**
   * Whether a part of a text is an image of it. A name without a path may as well be a host with a port: `mysql:8.0` is an image,
   * `mysql:3306` is none. So the version counts, too.
   */
  isMeantBy(image: Image): boolean {
    return image.toString().includes('/') ? this.has(image) : this.versions.has(image.version);
  }
}
