/**
 * A value that each trial of an experiment gets. Written into the trial as text, `--lr=${learningRate}`, it becomes the
 * placeholder that Katib replaces; the experiment's trial parameter and its reference follow from it.
 */
export class TrialParameter {
  /**
   * @param name by which the trial refers to the value
   * @param reference what Katib replaces the placeholder with: the name of a parameter, or a field of the trial
   * @param description what it is, for those who read the experiment
   */
  constructor(
    readonly name: string,
    readonly reference: string = name,
    readonly description?: string,
  ) {}

  /** The placeholder. */
  toString(): string {
    return placeholder(this.name);
  }
}

/** A field of the trial under a name of ours. */
function field(name: string, path: string): TrialParameter {
  return new TrialParameter(name, `\${trialSpec.${path}}`);
}

/** What Katib knows of a trial besides the values that the algorithm suggests. */
export const TrialField = {
  /** Name of the trial, and of its job. */
  name: field('trialName', 'Name'),
  /** Namespace of the trial. */
  namespace: field('trialNamespace', 'Namespace'),
  /** Kind of the trial's job. */
  kind: field('trialKind', 'Kind'),
  /** API version of the trial's job. */
  apiVersion: field('trialAPIVersion', 'APIVersion'),
  /** A label of the trial's job, which has to have it. */
  label: (key: string): TrialParameter => field(`trialLabel[${key}]`, `Labels[${key}]`),
  /** An annotation of the trial's job, which has to have it. */
  annotation: (key: string): TrialParameter => field(`trialAnnotation[${key}]`, `Annotations[${key}]`),
} as const;

const FIELDS = [TrialField.name, TrialField.namespace, TrialField.kind, TrialField.apiVersion];

/** The field of the trial that a placeholder's name stands for; undefined when it is the name of a parameter. */
export function trialField(name: string): TrialParameter | undefined {
  const [, map, key = ''] = /^trial(Label|Annotation)\[(.+)\]$/.exec(name) ?? [];
  if (map) return map === 'Label' ? TrialField.label(key) : TrialField.annotation(key);
  return FIELDS.find((known) => known.name === name);
}

/** What Katib looks for in the text of a trial. */
function placeholder(name: string): string {
  return `\${trialParameters.${name}}`;
}

const PLACEHOLDER = /\$\{trialParameters\.(.+?)\}/g;

/** The names behind the placeholders of a text. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

/** A text with values in place of placeholders; those without a value stay. */
export function substitute(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole);
}
