import { Late } from '../late';

const DOCKER_HUB = 'docker.io';

const HOST = /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:\d+)?$/;

/** What tells a host from the first step of a path; one that only a deployment knows passes for a host, too. */
const isHost = (text: string): boolean => /[.:]|^localhost$/.test(text) || Late.isIn(text);

const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;

/**
 * A container image reference in its parts.
 *
 * @see https://pkg.go.dev/github.com/distribution/reference
 */
export class Image {
  private constructor(
    /** Host of the registry, `docker.io` where the text names none. */
    readonly registry: string,
    /** Path below the registry, for instance `jetstack/cert-manager-controller` or `library/mysql`. */
    readonly path: string,
    readonly tag: string | undefined,
    /** `sha256:…` */
    readonly digest: string | undefined,
    private readonly text: string,
  ) {}

  /**
   * @param reference for instance `quay.io/jetstack/cert-manager-controller:v1.20.2`
   * @throws Error when the text is no image reference
   */
  static of(reference: string): Image {
    const image = Image.parse(reference);
    if (!image) throw new Error(`${JSON.stringify(reference)} is no image reference ([registry/]path[:tag][@sha256:digest])`);
    return image;
  }

  /** Like `of`, but undefined when the text is no image reference. */
  static parse(reference: string): Image | undefined {
    const match =
      /^(?<name>[a-zA-Z0-9][a-zA-Z0-9._:/-]*?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(reference);
    if (!match?.groups?.name) return undefined;
    const { name, tag, digest } = match.groups as { name: string; tag?: string; digest?: string };
    const [first = '', ...rest] = name.split('/');
    const hosted = rest.length > 0 && isHost(first);
    const path = hosted ? rest.join('/') : name;
    if (!PATH.test(path) || (hosted && !HOST.test(first))) return undefined;
    const registry = hosted && first !== 'index.docker.io' ? first : DOCKER_HUB;
    const isOfficial = registry === DOCKER_HUB && !path.includes('/');
    return new Image(registry, isOfficial ? `library/${path}` : path, tag, digest, reference);
  }

  /** Registry and path, the same for every way to write them: `docker.io/library/mysql` for `mysql`. */
  get repository(): string {
    return `${this.registry}/${this.path}`;
  }

  /** Repository and tag, `latest` where there is none; or the digest, where there is nothing else. */
  get version(): string {
    return this.tag || !this.digest ? `${this.repository}:${this.tag ?? 'latest'}` : `${this.repository}@${this.digest}`;
  }

  /** The same image, pinned to what the tag pointed to. */
  withDigest(digest: string): Image {
    return Image.of(`${this.text.replace(/@.*$/, '')}@${digest}`);
  }

  /**
   * The same image from another registry.
   *
   * @param registry host, with a port and a path where it has them
   * @throws Error when the registry is none
   */
  from(registry: string): Image {
    const [host = ''] = registry.split('/');
    if (!HOST.test(host) || !isHost(host) || !Image.parse(`${registry}/path`))
      throw new Error(`the registry ${JSON.stringify(registry)} is no host with an optional port and path`);
    return Image.of(`${registry}/${this.path}${this.tag ? `:${this.tag}` : ''}${this.digest ? `@${this.digest}` : ''}`);
  }

  /** The reference as it was written. */
  toString(): string {
    return this.text;
  }
}
