/**
 * What is used of JSON schema: the structural schemas of custom resources and Kubernetes' OpenAPI v3.
 *
 * Structure (`properties`, `additionalProperties`, `items`) stands outside `allOf`, `anyOf`, `oneOf` and `not`; inside them a
 * schema only restricts values. A schema without `type` and without structure allows everything.
 */
export interface Schema {
  /** `file#id` of the schema that stands here, in a pool. */
  $ref?: string;
  type?: string;
  format?: string;
  title?: string;
  description?: string;
  default?: unknown;
  example?: unknown;
  nullable?: boolean;
  enum?: unknown[];

  properties?: Record<string, Schema>;
  /** A schema for the fields that are not listed; `true` for anything that has no fields of its own. */
  additionalProperties?: Schema | boolean;
  required?: string[];
  minProperties?: number;
  maxProperties?: number;

  items?: Schema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;

  minLength?: number;
  maxLength?: number;
  /** A regular expression in Go's syntax, which matches anywhere in the text. */
  pattern?: string;

  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: number;

  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;

  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
  /** Rules in CEL; only an API server evaluates them. */
  'x-kubernetes-validations'?: { rule: string; message?: string; [field: string]: unknown }[];
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  /** Key by which a strategic merge patch finds the items of a list. */
  'x-kubernetes-patch-merge-key'?: string;
  'x-kubernetes-map-type'?: string;
}

/** Where the schemas behind a `$ref` are. */
export interface SchemaSource {
  /** The schema itself, or the one that its `$ref` names. */
  resolve(schema: Schema): Schema;
}

/** A step into a value: the name of a field, or the index of an item. */
export type Step = string | number;

/** How messages write a place: `spec.containers[0].image`, `metadata.labels["a.b/c"]`. */
export function fieldPath(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[^\s."'[\]]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('')
    .replace(/^\./, '');
}
