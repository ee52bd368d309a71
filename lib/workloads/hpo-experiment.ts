import { Construct } from 'constructs';
import { experiments } from '../../crds-imports/kubeflow.org';
import type { KatibConfiguration } from '../components/katib/existing';
import { Katib } from '../components/katib/katib';
import { KubeObject, type Manifest, objectsByName, World } from '../core';
import { mergePatch } from '../core/patches/merge';
import type { Algorithm } from './hpo/algorithm';
import type { EarlyStopping } from './hpo/early-stopping';
import { capabilitiesOf, katibOf } from './hpo/katib';
import type { MetricsCollector } from './hpo/metrics-collector';
import type { NasSearch } from './hpo/nas';
import type { Objective } from './hpo/objective';
import type { Parameter } from './hpo/parameter';
import type { Budget, ExperimentFacts, ResumePolicy } from './hpo/rules/facts';
import { KATIB_RULES } from './hpo/rules/katib';
import { HPO_RULES } from './hpo/rules/rules';
import { experimentSpec } from './hpo/spec';
import type { Trial } from './hpo/trial';
import { neededBy } from './hpo/trial-needs';
import { enforce } from './rule';

/** Options of an experiment. */
export interface HpoExperimentProps extends Budget {
  readonly objective: Objective;
  readonly algorithm: Algorithm;
  /** What is searched; the trial uses each of them. @default - nothing; `nas` is searched */
  readonly parameters?: readonly Parameter[];
  /** Networks that enas or darts search. @default - none; `parameters` are searched */
  readonly nas?: NasSearch;
  readonly trial: Trial;
  /** How metrics are read. @default - from the trial's output, lines of `name = number` */
  readonly metrics?: MetricsCollector;
  /** Ends trials that promise nothing. @default - none */
  readonly earlyStopping?: EarlyStopping;
  /**
   * Whether the experiment can go on once it has reached its budget. LongRunning keeps the algorithm running, FromVolume keeps its
   * state in a volume.
   *
   * @default 'Never'
   */
  readonly resumePolicy?: ResumePolicy;
  /** Labels of the experiment itself. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The Katib that runs it, or what the cluster's is configured with beside the release.
   *
   * @default - the app's, as far as it is declared before; else what the platform says of an existing one; else the release's
   */
  readonly katib?: Katib | KatibConfiguration;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
  /** For the field that no option foresaw: merged last into the spec, and checked like everything else. @default - none */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** What is declared in the end, so that overrides are held to the rules, too. */
function budgetOf(spec: unknown): Budget & { readonly resumePolicy?: ResumePolicy } {
  const { maxTrialCount, parallelTrialCount, maxFailedTrialCount, resumePolicy } = spec as HpoExperimentProps;
  return { maxTrialCount, parallelTrialCount, maxFailedTrialCount, resumePolicy };
}

/** Katib adds a hyphen and eight characters to the names of trials. */
const TRIAL_SUFFIX = '-xxxxxxxx';

/** Namespaces in which Katib reaches into the pods of trials. */
const INJECTION = 'katib.kubeflow.org/metrics-collector-injection';

/**
 * A search for the parameters with which a training is best: Katib runs trials, each with other values. The construct's id is its
 * name.
 *
 * Once it is deployed, only maxTrialCount, parallelTrialCount and maxFailedTrialCount can be changed; the API refuses any other
 * change, and Pulumi replaces the experiment. One that has ended goes on with a larger maxTrialCount when it ended by the smaller one
 * and its resumePolicy is LongRunning or FromVolume.
 *
 * @example
 * const learningRate = Parameter.double('learning-rate', { min: 0.001, max: 0.1 });
 * new HpoExperiment(chart, 'resnet', {
 *   objective: Objective.maximize('accuracy', { goal: 0.99 }),
 *   algorithm: Algorithm.tpe(),
 *   parameters: [learningRate],
 *   trial: Trial.job({ image: 'ghcr.io/my-org/train:1.4', command: ['python', 'train.py', `--lr=${learningRate}`] }),
 *   maxTrialCount: 12,
 * });
 *
 * @see https://www.kubeflow.org/docs/components/katib/
 */
export class HpoExperiment extends Construct {
  /** Name of the experiment. */
  readonly name: string;

  /** @throws ConstructError with everything that admission or Katib would refuse, or that would leave it without trials or metrics */
  constructor(scope: Construct, id: string, props: HpoExperimentProps) {
    super(scope, id);
    this.name = id;
    const { parameters = [], overrides = {}, labels } = props;
    // What is wrong with the job, or with its longer name, is told of the trial.
    const trial = props.trial._template(new Construct(this, 'Trial'), `${id}${TRIAL_SUFFIX}`);
    const spec = mergePatch(experimentSpec({ ...props, parameters, trial }), overrides);
    const katib = capabilitiesOf(props.katib ?? katibOf(this));
    const facts = { ...props, ...budgetOf(spec), name: id, parameters, trial, katib, spec };
    enforce(this, HPO_RULES, facts, props.acknowledge);
    World.expect(this, ...neededBy(trial));
    const object = new KubeObject(this, 'Resource', experiments, { metadata: { name: id, ...(labels && { labels }) }, spec });
    this.node.addValidation({ validate: () => this.katibProblems(facts) });
    this.node.addValidation({ validate: () => this.namespaceProblems(object.namespace) });
  }

  /** What the app's Katib does not have, wherever in the app it is declared. */
  private katibProblems(facts: ExperimentFacts): string[] {
    return Katib.around(this).flatMap((katib) =>
      KATIB_RULES.flatMap(({ id, check }) => {
        const message = check({ ...facts, katib: capabilitiesOf(katib) });
        return message ? [`${message} (${id})`] : [];
      }),
    );
  }

  /** Without the label of its namespace, Katib's webhook refuses the experiment, whatever collects its metrics. */
  private namespaceProblems(name: string | undefined): string[] {
    const declared = name === undefined ? [] : (objectsByName(this.node.root, 'Namespace').get(name) ?? []);
    return declared.flatMap((object) => {
      const { labels = {} } = (object.toJson() as Manifest).metadata;
      return labels[INJECTION] === 'enabled'
        ? []
        : [`the namespace ${name} lacks the label ${INJECTION}: enabled, without which Katib takes no experiment (HPO-22)`];
    });
  }
}
