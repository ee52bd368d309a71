import { Construct } from 'constructs';
import { experiments } from '../../../crds-imports/kubeflow.org';
import type { Katib } from '../../components/katib/katib';
import { type KatibConfiguration, released } from '../../components/katib/tuning';
import { TUNING, type Tuning } from '../../contracts';
import { KubeObject, type Manifest, objectsByName, World } from '../../core';
import { enforce, forEach } from '../../core/rule';
import type { ObjectOptions } from '../named';
import { overridden } from '../overrides';
import { given } from '../pod/given';
import type { Algorithm } from './algorithm';
import type { EarlyStopping } from './early-stopping';
import type { MetricsCollector } from './metrics-collector';
import type { NasSearch } from './nas';
import type { Objective } from './objective';
import type { Parameter } from './parameter';
import type { Budget, ResumePolicy } from './rules/facts';
import { KATIB_RULES } from './rules/katib';
import { NAMESPACE_RULES } from './rules/namespace';
import { HPO_RULES } from './rules/rules';
import { experimentSpec } from './spec';
import type { Trial } from './trial';
import { neededBy } from './trial-needs';

/** Options of an experiment. */
export interface HpoExperimentProps extends Budget, ObjectOptions {
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
  /**
   * The Katib that runs it, or what the cluster's is configured with beside the release.
   *
   * @default - the platform's, installed or existing, or else the only one of the app; the release's where there is none
   */
  readonly katib?: Katib | KatibConfiguration;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
  /**
   * For the field that no option foresaw: merged last into the spec, like `Patch.strategic`, and checked like everything else. Lists of
   * objects with names are merged by these.
   *
   * @default - none
   */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** What is declared in the end, so that overrides are held to the rules, too. */
function budgetOf(spec: unknown): Budget & { readonly resumePolicy?: ResumePolicy } {
  const { maxTrialCount, parallelTrialCount, maxFailedTrialCount, resumePolicy } = spec as HpoExperimentProps;
  return { maxTrialCount, parallelTrialCount, maxFailedTrialCount, resumePolicy };
}

/** What a Katib can: one that is declared, or the release's with additions. */
function tuningOf(katib: Katib | KatibConfiguration): Tuning {
  return 'tuning' in katib ? katib.tuning : released(katib);
}

/** Katib adds a hyphen and eight characters to the names of trials. */
const TRIAL_SUFFIX = '-xxxxxxxx';

/**
 * A search for the parameters with which a training is best: Katib runs trials, each with other values. The construct's id is its
 * name, unless it is given one.
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
    const { name = id, parameters = [], overrides = {}, labels, annotations } = props;
    this.name = name;
    // What is wrong with the job, or with its longer name, is told of the trial.
    const trial = props.trial._template(new Construct(this, 'Trial'), `${name}${TRIAL_SUFFIX}`);
    const spec = overridden(experiments, experimentSpec({ ...props, parameters, trial }), overrides);
    const katib = (props.katib && tuningOf(props.katib)) ?? TUNING.soFar(this) ?? released();
    const facts = { ...props, ...budgetOf(spec), name, parameters, trial, katib, spec };
    enforce(this, HPO_RULES, facts, props.acknowledge);
    World.expect(this, ...neededBy(trial));
    const object = new KubeObject(this, 'Resource', experiments, { metadata: { name, ...given({ labels, annotations }) }, spec });
    // A Katib may be declared after the experiment, and so may the namespace.
    const katibs = () => [TUNING.soFar(this) ?? []].flat().map((known) => ({ ...facts, katib: known }));
    enforce(this, KATIB_RULES.map(forEach), katibs);
    enforce(this, NAMESPACE_RULES, { name: object.namespace, namespaces: () => this.namespaces(object.namespace) });
  }

  private namespaces(name: string | undefined): Manifest[] {
    const declared = objectsByName(this.node.root, 'Namespace').get(name ?? '') ?? [];
    return declared.map((object) => object.toJson() as Manifest);
  }
}
