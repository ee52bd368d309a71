import type { Container } from '../../../../crds-imports/core';
import { type FoundPodSpec, type Manifest, podSpecs, together } from '../../../core';
import { error, type Rule, warning } from '../../../core/rule';
import { checkAgainst, type Violation } from '../../../core/schemas/check';
import { nearest } from '../../../core/schemas/nearest';
import { Schemas } from '../../../core/schemas/schemas';
import { sampleOf } from '../parameter';
import { mapTexts, textsOf } from '../texts';
import { isJob, type TrialDeclaration, type TrialObject } from '../trial';
import { trialKindOf } from '../trial-kinds';
import { namesIn, substitute, trialField } from '../trial-parameter';
import { type ExperimentFacts, referredBy, suggestedBy } from './facts';

/** A check of trials whose object is seen. */
const seen =
  (check: (object: TrialObject, facts: ExperimentFacts) => string | undefined) =>
  (facts: ExperimentFacts): string | undefined =>
    facts.trial.object && check(facts.trial.object, facts);

/** The names that a trial uses, each once. */
function usedIn(object: TrialObject): string[] {
  return [...new Set(textsOf(object).flatMap(({ text }) => namesIn(text)))];
}

function podsOf(object: TrialObject): FoundPodSpec[] {
  return podSpecs(object as unknown as Manifest);
}

/** Names of the containers by pod: what the object shows, or else what is known of its runtime. */
function containersOf({ object, containers }: TrialDeclaration): [string, readonly string[]][] {
  if (containers) return Object.entries(containers).map(([job, names]) => [`the pods of ${job}`, names]);
  return object ? podsOf(object).map(({ path, spec }) => [path, spec.containers.map(({ name }) => name)]) : [];
}

/** What the object says of the containers with the metrics: a TrainJob says of its trainer what its runtime does not. */
function primaryContainersOf({ object, containers, primaryContainer }: TrialDeclaration): Pick<Container, 'command'>[] {
  if (!object) return [];
  const { trainer } = (object.spec ?? {}) as { readonly trainer?: Pick<Container, 'command'> };
  if (containers && trainer) return [trainer];
  return podsOf(object).flatMap(({ spec }) => spec.containers.filter(({ name }) => name === primaryContainer));
}

/** What a schema says of a trial with values in place of its placeholders, as Katib makes it. */
function violationsOf(object: TrialObject, facts: ExperimentFacts): readonly Violation[] {
  const { name, parameters } = facts;
  const names = new Map(referredBy(facts).map((parameter) => [parameter.reference, parameter.name]));
  const known = Schemas.shipped.find(object.apiVersion, object.kind);
  if (!known?.served) return [];
  const values = new Map(parameters.map((parameter) => [names.get(parameter.name) ?? parameter.name, sampleOf(parameter)]));
  const made = mapTexts(object, (text) => substitute(text, values)) as TrialObject;
  return checkAgainst(known.schema, { ...made, metadata: { ...made.metadata, name } }, known.source).violations;
}

function tell(object: TrialObject, facts: ExperimentFacts, ofPlaceholders: boolean): string | undefined {
  const tuned = new Set(textsOf(object).flatMap(({ path, text }) => (namesIn(text).length > 0 ? [path] : [])));
  return together(
    violationsOf(object, facts)
      .filter(({ path }) => tuned.has(path) === ofPlaceholders)
      .map(({ path, message }) =>
        ofPlaceholders
          ? `a placeholder at ${path} of the trial stays a text, and the field is none (${message}); pass the value in args or env${isJob(object) ? '' : ', or take the trial from a ConfigMap'}`
          : `${object.kind} of the trial: ${path} ${message}`,
      ),
  );
}

/** Where a Job has an amount. */
const AMOUNT = /\.resources\.(limits|requests)\b|\.sizeLimit$|\.divisor$/;

/** Placeholders in amounts of a Job: Katib's webhook reads it with a word in their place, which is no amount. */
function amountsOf(object: TrialObject): string | undefined {
  if (!isJob(object)) return undefined;
  const wrong = textsOf(object).find(({ path, text }) => AMOUNT.test(path) && namesIn(text).length > 0);
  return (
    wrong &&
    `a placeholder at ${wrong.path} of the trial cannot be an amount of a Job, which Katib's webhook reads before it has a value; pass the value in args or env, or run another kind of job`
  );
}

/** The rules of trials. */
export const TRIAL_RULES: readonly Rule<ExperimentFacts>[] = [
  error(
    'katib/unknown-trial-end',
    'Of a kind that Katib does not know it has to be told where metrics are and when a trial has ended.',
    ({ trial }) => {
      const kind = trial.object && trialKindOf(trial.object);
      const conditions = kind && !kind.ends ? [] : (['successCondition', 'failureCondition'] as const);
      const missing = (['primaryContainer', ...conditions] as const).filter((field) => !trial[field]);
      return missing.length > 0
        ? `Katib does not know ${missing.join(', ')} of a trial ${trial.object ? `of kind ${trial.object.kind}` : 'from a ConfigMap'}; give ${missing.length > 1 ? 'them' : 'it'}`
        : undefined;
    },
  ),
  error(
    'katib/invalid-parameter-name',
    'Katib finds placeholders by a pattern, and takes some names for fields of the trial.',
    ({ parameters, trial }) =>
      together(
        [...parameters.map(({ name }) => name), ...Object.keys(trial.parameters ?? {})].map((name) => {
          if (!/^[A-Za-z0-9][-A-Za-z0-9_.]*$/.test(name))
            return `${JSON.stringify(name)} is no name of a parameter: letters, digits, "-", "_" and "."`;
          return trialField(name) ? `a parameter cannot be called ${name}, which is a field of trials` : undefined;
        }),
      ),
  ),
  error(
    'katib/unknown-trial-parameter',
    "Katib's webhook refuses a name for something that is not searched, two names for one parameter, and one name for two.",
    (facts) => {
      const searched = suggestedBy(facts).map(({ name }) => name);
      const renamed = Object.entries(facts.trial.parameters ?? {}).map(([name, of]) => ({
        name,
        of: typeof of === 'string' ? of : of.name,
      }));
      return together(
        renamed.map(({ name, of }, index) => {
          if (!searched.includes(of))
            return `the trial calls ${of} ${name}, and the experiment does not search ${of}; it searches ${searched.join(', ') || 'nothing'}`;
          if (renamed.findIndex((other) => other.of === of) !== index)
            return `the trial has two names for ${of}; leave ${name} out`;
          const taken = searched.includes(name) && name !== of && !renamed.some((other) => other.of === name);
          return taken ? `the trial calls ${of} ${name}, which is another parameter; call it otherwise` : undefined;
        }),
      );
    },
  ),
  error(
    'katib/missing-trial-metadata',
    'A placeholder for a label or annotation that the job does not have stays unfilled, and Katib makes no trial.',
    seen((object) => {
      const { labels = {}, annotations = {} } = (object.metadata ?? {}) as Record<string, Record<string, string> | undefined>;
      const has = { Label: labels, Annotation: annotations };
      const missing = usedIn(object).filter((name) => {
        const [, map, key = ''] = /^trial(Label|Annotation)\[(.+)\]$/.exec(name) ?? [];
        return map && !(key in has[map as keyof typeof has]);
      });
      return missing.length > 0 ? `the trial uses ${missing.join(' and ')}, which its job does not have` : undefined;
    }),
  ),
  error(
    'katib/unknown-placeholder',
    "Katib's webhook refuses a placeholder of something that is not searched.",
    seen((object, facts) => {
      const known = referredBy(facts).map(({ name }) => name);
      return together(
        usedIn(object)
          .filter((name) => !known.includes(name) && !trialField(name))
          .map((name) => {
            const near = nearest(name, known);
            return `the trial uses ${name}, which the experiment does not search${near ? `; did you mean ${near}?` : ''}; it searches ${known.join(', ') || 'nothing'}`;
          }),
      );
    }),
  ),
  error(
    'katib/unused-parameter',
    'Katib makes no trial of a template that leaves a parameter out.',
    seen((object, facts) => {
      const used = usedIn(object);
      const unused = referredBy(facts).filter(({ name }) => !used.includes(name));
      return unused.length > 0
        ? `the trial does not use ${unused.map(({ name }) => name).join(' and ')}, and Katib makes no trial then; write \`${unused[0]}\` where it belongs, or leave it out of the search`
        : undefined;
    }),
  ),
  error(
    'katib/incomplete-config-map',
    "Katib's webhook wants the name, the namespace and the key of a ConfigMap with a template.",
    ({ trial: { configMap } }) => {
      const empty = Object.entries(configMap ?? {})
        .filter(([, value]) => !value)
        .map(([name]) => name);
      return empty.length > 0 ? `the trial's ConfigMap lacks ${empty.join(', ')}` : undefined;
    },
  ),
  error(
    'katib/named-trial',
    'Katib names trials itself, and its webhook refuses a template with a name or a namespace.',
    seen(({ metadata = {} }) => {
      const given = ['name', 'namespace'].filter((field) => metadata[field] !== undefined);
      return given.length > 0
        ? `the trial has metadata.${given.join(' and metadata.')}, which Katib gives; leave it out`
        : undefined;
    }),
  ),
  error(
    'katib/invalid-trial',
    'The API server refuses every trial whose object is not what its schema says, long after the experiment was taken.',
    seen((object, facts) => tell(object, facts, false)),
  ),
  error(
    'katib/placeholder-in-number',
    'Katib replaces placeholders inside of texts, so a field of another type never gets its value.',
    seen((object, facts) => together([tell(object, facts, true), amountsOf(object)])),
  ),
  // Its webhook wants the container in every pod of a trial, not only in the one with the metrics.
  error(
    'katib/missing-primary-container',
    "Katib's webhook refuses pods of a trial without the container that reports metrics.",
    ({ trial }) =>
      together(
        containersOf(trial).map(([pod, names]) =>
          trial.primaryContainer && !names.includes(trial.primaryContainer)
            ? `no container of ${pod} of the trial is called ${trial.primaryContainer}, only ${names.join(', ')}; Katib's webhook refuses such pods`
            : undefined,
        ),
      ),
  ),
  warning(
    'katib/no-trial-command',
    "Katib wraps the command of a trial, and has to ask the image's registry for one that is not written.",
    ({ trial, metrics }) => {
      if (metrics && !['StdOut', 'File', 'TensorFlowEvent'].includes(metrics.kind)) return undefined;
      const primary = primaryContainersOf(trial);
      return primary.length > 0 && primary.every(({ command }) => !command?.length)
        ? `${trial.primaryContainer} of the trial has no command, so Katib has to read it from the image's registry; give command`
        : undefined;
    },
  ),
  error(
    'katib/unmatched-primary-pod',
    'No metrics are collected when no pod has the labels of the primary one.',
    seen((object, { trial }) => {
      const { podLabels } = trialKindOf(object) ?? {};
      if (!podLabels) return undefined;
      const known = [...podLabels, ...podsOf(object).flatMap(({ labels }) => Object.keys(labels))];
      const never = Object.keys(trial.primaryPodLabels ?? {}).filter((label) => !known.includes(label));
      return never.length > 0
        ? `no pod of a ${object.kind} has the label ${never.join(' or ')} of primaryPodLabels, so no metrics would be collected; there are ${known.join(', ')}`
        : undefined;
    }),
  ),
];
