import type { Manifest } from '../manifest';
import { isDefinition } from '../pods';
import { Image } from './image';

/** An image that an object names. */
export interface FoundImage {
  readonly image: Image;
  /** Field path of the text that names it. */
  readonly path: string;
}

/** `image` itself and names that end in it hold nothing but a reference: `image`, `initImage`, `kanikoImage`. */
const IMAGE_FIELD = /^image$|[a-z]Image$/;

/** A reference inside a longer text: it has a tag or a digest, and nothing before or after it that could belong to it. */
const EMBEDDED =
  /(?<![\w./:@-])[a-z0-9](?:[\w.-]*[\w])?(?::\d+)?(?:\/[a-z0-9][\w.-]*)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?(?![\w/@-]|:\d)/g;

/** JSON inside a text that gives the repository and the version of an image in two members, one after the other. */
const APART = /("image":\s*")([^"]+)(",\s*"\w*[vV]ersion":\s*")([^"]+)(")/g;

/**
 * Every image of an object: in fields named for one, and, for the repositories of the catalogue, inside any text: arguments,
 * environment variables, configuration files in ConfigMaps.
 *
 * @param catalogue repositories that are looked for inside texts
 */
export function findImages(object: Manifest, catalogue: ReadonlySet<string>): FoundImage[] {
  const found: FoundImage[] = [];
  mapImages(object, catalogue, (image, path) => {
    found.push({ image, path });
    return image;
  });
  return found;
}

/** The same object with every image replaced by what `replace` makes of it; unchanged parts are shared. */
export function mapImages(
  object: Manifest,
  catalogue: ReadonlySet<string>,
  replace: (image: Image, path: string) => Image,
): Manifest {
  return isDefinition(object) ? object : (map(object, '', '', catalogue, replace) as Manifest);
}

function map(
  node: unknown,
  key: string,
  path: string,
  catalogue: ReadonlySet<string>,
  replace: (image: Image, path: string) => Image,
): unknown {
  if (typeof node === 'string') {
    const whole = IMAGE_FIELD.test(key) ? Image.parse(node) : undefined;
    if (whole) return replace(whole, path).toString();
    return mapApart(node, catalogue, (image) => replace(image, path)).replace(EMBEDDED, (text) => {
      const image = /[:@]/.test(text) ? Image.parse(text) : undefined;
      return image && (image.tag || image.digest) && catalogue.has(image.repository) ? replace(image, path).toString() : text;
    });
  }
  if (typeof node !== 'object' || node === null) return node;
  let changed = false;
  const visit = (member: unknown, name: string, at: string) => {
    const mapped = map(member, name, at, catalogue, replace);
    if (mapped !== member) changed = true;
    return mapped;
  };
  const result = Array.isArray(node)
    ? node.map((item, index) => visit(item, key, `${path}[${index}]`))
    : Object.fromEntries(
        Object.entries(node).map(([name, member]) => [name, visit(member, name, path ? `${path}.${name}` : name)]),
      );
  return changed ? result : node;
}

/** The images of a text that stand in two parts, replaced; what follows the repository goes where the version was. */
function mapApart(text: string, catalogue: ReadonlySet<string>, replace: (image: Image) => Image): string {
  return text.replace(APART, (both, before: string, repository: string, between: string, version: string, after: string) => {
    const image = Image.parse(`${repository}:${version}`);
    if (!image || !catalogue.has(image.repository)) return both;
    const { name, rest = 'latest' } = /^(?<name>.*?)(?::(?<rest>[^/]*))?$/.exec(`${replace(image)}`)?.groups as Record<
      string,
      string
    >;
    return `${before}${name}${between}${rest}${after}`;
  });
}
