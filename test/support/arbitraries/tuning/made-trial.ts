import { type Manifest, TrialField } from '../../../../lib';

interface Spec {
  readonly parameters?: readonly {
    readonly name: string;
    readonly feasibleSpace: { readonly min?: string; readonly list?: readonly string[] };
  }[];
  readonly trialTemplate: {
    readonly trialParameters: readonly { readonly name: string; readonly reference: string }[];
    readonly trialSpec?: Manifest;
  };
}

/** The first trial of an experiment as Katib makes it, by replacing text in its JSON; undefined when its template is in a ConfigMap. */
export function trialOf({ metadata, spec }: Manifest): Manifest | undefined {
  const { parameters = [], trialTemplate } = spec as Spec;
  const { trialParameters, trialSpec } = trialTemplate;
  if (!trialSpec) return undefined;
  const name = `${metadata.name}-abcdefgh`;
  const suggested = new Map(parameters.map(({ name: called, feasibleSpace: { min, list } }) => [called, min ?? list?.[0] ?? '']));
  const given = (reference: string) => suggested.get(reference) ?? (reference === TrialField.name.reference ? name : 'suggested');
  const text = trialParameters.reduce(
    (whole, parameter) =>
      whole.replaceAll(`\${trialParameters.${parameter.name}}`, JSON.stringify(given(parameter.reference)).slice(1, -1)),
    JSON.stringify(trialSpec),
  );
  const trial = JSON.parse(text) as Manifest;
  return { ...trial, metadata: { ...trial.metadata, name, namespace: metadata.namespace as string } };
}
