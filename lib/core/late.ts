/** What stands in a model for a value that only a deployment knows. Letters, digits and hyphens, so that it fits most places. */
const FORM = /late-value-(\d+)-of-deployment/;

/** Every value that got a placeholder, by number. */
const values: unknown[] = [];

/** How many deployments are being assembled at the moment. */
let deployments = 0;

/** A placeholder in an object. */
export interface LatePlace {
  /** Field path, for instance `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** Whether it stands in the name of a field, where no deployment could put a value. */
  readonly isKey: boolean;
}

/**
 * Values that only a deployment knows: the address that a cloud gives out, a password that is generated. The model carries a
 * placeholder in their place, constructs treat it as any text and schemas let it pass. A deployment that knows such values puts
 * them back; every other way out refuses the object.
 */
export const Late = {
  /** The placeholder for a value: a text that may be part of a longer one. */
  placeholder(value: unknown): string {
    return `late-value-${values.push(value) - 1}-of-deployment`;
  },

  /** Whether a text is or contains a placeholder. */
  isIn(text: string): boolean {
    return values.length > 0 && FORM.test(text);
  },

  /** A text in its parts: plain text as `text`, and what placeholders stand for as `value`. */
  split(text: string): ({ readonly text: string } | { readonly value: unknown })[] {
    return text
      .split(new RegExp(FORM, 'g'))
      .map((part, index) => (index % 2 === 0 ? { text: part } : { value: values[Number(part)] }))
      .filter((part) => !('text' in part) || part.text !== '');
  },

  /** Every placeholder of plain data. */
  find(data: unknown): LatePlace[] {
    return values.length === 0 ? [] : [...search(data, '')];
  },

  /** Lets placeholders pass while a deployment that can put the values back assembles its model. */
  admitted<T>(assemble: () => T): T {
    deployments++;
    try {
      return assemble();
    } finally {
      deployments--;
    }
  },

  /** @throws Error naming the fields with placeholders, unless a deployment is being assembled that can put the values back */
  refuse(data: unknown): void {
    const places = deployments > 0 ? [] : Late.find(data);
    if (places.length === 0) return;
    const paths = places.map(({ path }) => path).join(', ');
    throw new Error(
      `${paths} holds a value that only a deployment knows, so it cannot be written as YAML; deploy it with Pulumi, or give the value itself`,
    );
  },
};

function* search(node: unknown, path: string): Iterable<LatePlace> {
  if (typeof node === 'string' && FORM.test(node)) yield { path, isKey: false };
  if (typeof node !== 'object' || node === null) return;
  for (const [key, member] of Object.entries(node)) {
    const at = Array.isArray(node) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    if (FORM.test(key)) yield { path: at, isKey: true };
    yield* search(member, at);
  }
}
