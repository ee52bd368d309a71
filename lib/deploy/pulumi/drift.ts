import type { Manifest, Written } from '../../core';
import { groupOf } from '../../core/kind';
import { describeOf } from '../../core/manifest';
import type { ModelIndex } from '../../core/model-index';

/** Fields that somebody else than the deployment writes, in objects of a kind. */
export interface Drift extends Written {
  /** `group/Kind`, whatever the version; the core group is `core`. */
  readonly kind: string;
}

/**
 * Fields of objects that controllers write over; a change there is none of ours.
 *
 * What they write where an object declares nothing is not among them: the provider compares what was declared, so defaults of
 * webhooks, further annotations and an empty field that is filled in show no difference anyway. A field here makes the deployment
 * blind to it, also to changes of its own program; hence `where`.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export class IgnoredFields {
  /** What the autoscalers of the model scale. */
  private readonly scaled: ReadonlySet<string>;

  constructor(
    private readonly index: ModelIndex,
    private readonly further: readonly Drift[],
  ) {
    this.scaled = new Set(
      index.objects.flatMap((object) => {
        const { scales } = index.facts.of(object);
        const named = index.references(object).filter(({ path }) => path === scales);
        return named.map(({ kind, namespace, name }) => describeOf(kind, namespace, name));
      }),
    );
  }

  /** As Pulumi's `ignoreChanges` takes them. */
  of(object: Manifest): string[] {
    const { kind, metadata } = object;
    const { written = [] } = this.index.facts.of(object);
    const known = `${groupOf(object.apiVersion) || 'core'}/${kind}`;
    const fields = [
      ...[...written, ...this.further.filter((drift) => drift.kind === known)]
        .filter((one) => isMeant(object, one))
        .flatMap((one) => one.fields),
      ...(this.scaled.has(describeOf(kind, metadata.namespace, metadata.name)) ? ['spec.replicas'] : []),
    ];
    return fields.filter((field) => isWithin(object, stepsOf(field).slice(0, -1)));
  }
}

function isMeant(object: Manifest, { where }: Written): boolean {
  return !where || where.some((field) => isWithin(object, stepsOf(field)));
}

/** `a.b[*]["c.d"]` in its steps. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\*|\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted ?? index ?? name ?? '',
  );
}

/** Whether an object has what the steps lead to; the engine complains of a path that leads nowhere. */
function isWithin(node: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return node !== undefined && node !== null && node !== false;
  if (typeof node !== 'object' || node === null) return false;
  if (step === '*') return Object.values(node).some((item) => isWithin(item, rest));
  return isWithin((node as Record<string, unknown>)[step], rest);
}
