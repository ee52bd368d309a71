import { isConfidential } from '../confidential';
import type { Finding } from '../finding';
import { groupOf } from '../kind';
import { describe, type Manifest } from '../manifest';
import type { ObjectModel } from '../object-model';
import { isDefinition } from '../pods';
import { findings as breaking, error, type Rule } from '../rule';
import { type Checked, checkAgainst, type Violation } from '../schemas/check';
import { nearest } from '../schemas/nearest';
import { Schemas } from '../schemas/schemas';

/** What the structural check says of a model. */
export interface Structure {
  readonly findings: readonly Finding[];
  /** Objects that are not what their schema says; rules that read their fields leave them out. */
  readonly malformed: ReadonlySet<Manifest>;
  /** CEL rules that apply to the objects and are left to the API server. */
  readonly rulesLeftToServer: number;
}

/** The rule of what objects are. */
export const SCHEMA_RULE = error(
  'kubernetes/invalid-field',
  'The API server refuses an object that is not what the schema of its kind says, or drops the field that nobody knows.',
  ({ manifest, violation }: { readonly manifest: Manifest; readonly violation: Violation }) =>
    `${describe(manifest)}: ${violation.path} ${told(manifest, violation)}`,
);

/** The rule of what kinds there are. */
export const KIND_RULE = error(
  'kubernetes/unknown-kind',
  'The API server has no such kind, or does not serve this version of it.',
  ({ manifest, model }: { readonly manifest: Manifest; readonly model: ObjectModel }) => unknownKind(manifest, model),
);

/** Holds every object against the schema of its kind. */
export function checkStructure(model: ObjectModel): Structure {
  const findings: Finding[] = [];
  const malformed = new Set<Manifest>();
  // Definitions are large, and have most of their schemas in common.
  const definitions: Checked = new Map();
  let rulesLeftToServer = 0;
  const refuse = <Subject>(rule: Rule<Subject>, manifest: Manifest, subject: Subject) => {
    const broken = breaking([rule], subject, model.pathOf(manifest));
    if (broken.length > 0) malformed.add(manifest);
    findings.push(...broken);
  };
  for (const manifest of model.manifests) {
    const { schema, source } = Schemas.metadata;
    for (const violation of checkAgainst(schema, manifest.metadata, source, ['metadata']).violations)
      refuse(SCHEMA_RULE, manifest, { manifest, violation });
    const known = model.schemas.find(manifest.apiVersion, manifest.kind);
    if (!known?.served) {
      refuse(KIND_RULE, manifest, { manifest, model });
      continue;
    }
    const { violations, rules } = checkAgainst(
      known.schema,
      manifest,
      known.source,
      [],
      isDefinition(manifest) ? definitions : undefined,
    );
    rulesLeftToServer += rules;
    for (const violation of violations) refuse(SCHEMA_RULE, manifest, { manifest, violation });
  }
  return { findings, malformed, rulesLeftToServer };
}

/** A sentence about a value, which is not told where it may be a credential. */
function told(manifest: Manifest, { path, message, wanted }: Violation): string {
  if (!isConfidential(manifest, path)) return message;
  if (wanted === 'be base64') return `must ${wanted}; plain text goes into stringData`;
  return wanted === undefined ? 'is not what the schema allows' : `must ${wanted}`;
}

/** Why a kind or version cannot be; undefined for a custom kind that nobody describes, of which nothing is known. */
function unknownKind({ apiVersion, kind }: Manifest, model: ObjectModel): string | undefined {
  const group = groupOf(apiVersion);
  const versions = model.schemas.versions(group, kind);
  if (versions.length > 0)
    return `${kind} is not served as ${apiVersion}; use ${versions.map((version) => (group ? `${group}/${version}` : version)).join(' or ')}`;
  if (!isBuiltIn(group, model)) return undefined;
  const near = nearest(
    kind,
    model.schemas.kinds(group).map((known) => known.kind),
  );
  return `Kubernetes has no kind ${kind} in ${apiVersion}${near ? `; did you mean ${near}?` : ''}`;
}

/** Kubernetes' own groups have no dot, or kinds without a definition. */
function isBuiltIn(group: string, model: ObjectModel): boolean {
  return !group.includes('.') || model.schemas.kinds(group).some(({ definition }) => !definition);
}
