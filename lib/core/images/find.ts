import type { Manifest } from '../manifest';
import { isDefinition } from '../pods';
import { fieldPath, type Step } from '../schemas/schema';
import type { Catalogue } from './catalogue';
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
  /(?<![\w./:@-])[a-z0-9](?:[\w.-]*\w)?(?::\d+(?=\/))?(?:\/[a-z0-9](?:[\w.-]*\w)?)*(?::\w(?:[\w.-]{0,126}\w)?)?(?:@sha256:[0-9a-f]{64})?(?![\w/@-]|[.:]\w)/g;

/** Maps in which a key that is called `image` names a label. */
const LABELS = /^(labels|matchLabels|selector|nodeSelector)$/;

/** JSON inside a text that gives the repository and the version of an image in two members, one after the other. */
const APART = /("image":\s*")([^"]+)(",\s*"\w*[vV]ersion":\s*")([^"]+)(")/g;

/**
 * Every image of an object: in fields named for one, and, for the images of the catalogue, inside any text: arguments,
 * environment variables, configuration files in ConfigMaps.
 *
 * @param catalogue images that are looked for inside texts
 */
export function findImages(object: Manifest, catalogue: Catalogue): FoundImage[] {
  const found: FoundImage[] = [];
  mapImages(object, catalogue, (image, path) => {
    found.push({ image, path });
    return image;
  });
  return found;
}

/** The same object with every image replaced by what `replace` makes of it; unchanged parts are shared. */
export function mapImages(object: Manifest, catalogue: Catalogue, replace: Replace): Manifest {
  return isDefinition(object) ? object : (map(object, '', [], catalogue, replace) as Manifest);
}

type Replace = (image: Image, path: string) => Image;

/** @param field name of the field that holds the node, if only as an item of its list */
function map(node: unknown, field: string, steps: Step[], catalogue: Catalogue, replace: Replace): unknown {
  if (typeof node === 'string') return mapText(node, field, catalogue, (image) => replace(image, fieldPath(steps)));
  if (typeof node !== 'object' || node === null || LABELS.test(field)) return node;
  let changed = false;
  const visit = (member: unknown, step: Step, name: string) => {
    steps.push(step);
    const mapped = map(member, name, steps, catalogue, replace);
    steps.pop();
    if (mapped !== member) changed = true;
    return mapped;
  };
  if (Array.isArray(node)) {
    const items = node.map((item, index) => visit(item, index, field));
    return changed ? items : node;
  }
  const members = Object.entries(node).map(([name, member]) => [name, visit(member, name, name)] as const);
  return changed ? Object.fromEntries(members) : node;
}

/** The images of a text that stand in two parts, replaced; what follows the repository goes where the version was. */
function mapApart(text: string, catalogue: Catalogue, replace: (image: Image) => Image): string {
  return text.replace(APART, (both, before: string, repository: string, between: string, version: string, after: string) => {
    const image = Image.parse(`${repository}:${version}`);
    if (!image || !catalogue.has(image)) return both;
    const { name, rest = 'latest' } = /^(?<name>.*?)(?::(?<rest>[^/]*))?$/.exec(`${replace(image)}`)?.groups as Record<
      string,
      string
    >;
    return `${before}${name}${between}${rest}${after}`;
  });
}

function mapText(text: string, field: string, catalogue: Catalogue, replace: (image: Image) => Image): string {
  const whole = IMAGE_FIELD.test(field) ? Image.parse(text) : undefined;
  if (whole) return replace(whole).toString();
  // Without a colon there is neither a tag nor a digest.
  if (!text.includes(':')) return text;
  return mapApart(text, catalogue, replace).replace(EMBEDDED, (part) => {
    const image = /[:@]/.test(part) ? Image.parse(part) : undefined;
    return image && (image.tag || image.digest) && catalogue.isMeantBy(image) ? replace(image).toString() : part;
  });
}
