import type { Manifest } from '../../lib/core';
import type { Schema } from '../../lib/core/schemas/schema';
import { Schemas } from '../../lib/core/schemas/schemas';

/** A rule that a definition has of a value, in the language that only the server speaks. */
export interface CelRule {
  readonly kind: string;
  /** Of the value: `spec.mlPolicy`; `[]` stands for every item and `{}` for every member. */
  readonly path: string;
  readonly rule: string;
  /** With which the server refuses. */
  readonly message: string;
}

/** The CEL rules of the kind of an object. */
export function celRules({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): CelRule[] {
  const known = Schemas.shipped.find(apiVersion, kind);
  if (!known) throw new Error(`nothing is known of ${kind}`);
  const walk = (reference: Schema, path: string): CelRule[] => {
    const schema = known.source.resolve(reference);
    const { properties = {}, items, additionalProperties } = schema;
    return [
      ...(schema['x-kubernetes-validations'] ?? []).map(({ rule, message }) => ({ kind, path, rule, message: message ?? rule })),
      ...Object.entries(properties).flatMap(([name, member]) => walk(member, path ? `${path}.${name}` : name)),
      ...(items ? walk(items, `${path}[]`) : []),
      ...(typeof additionalProperties === 'object' ? walk(additionalProperties, `${path}{}`) : []),
    ];
  };
  return walk(known.schema, '');
}
