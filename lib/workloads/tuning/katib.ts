import type { IConstruct } from 'constructs';
import { ALGORITHMS, COLLECTORS, EARLY_STOPPING } from '../../components/katib/algorithms';
import { ExistingKatib, type KatibConfiguration } from '../../components/katib/existing';
import { Katib } from '../../components/katib/katib';
import { TrialResource } from '../../components/katib/trial-resource';

/** What experiments can ask of a Katib. */
export interface Capabilities {
  /** How messages call it. */
  readonly words: string;
  /** Each as `Kind.version.group`. */
  readonly trialResources: readonly string[];
  readonly algorithms: readonly string[];
  readonly metricsCollectors: readonly string[];
  readonly earlyStopping: readonly string[];
}

/** What a Katib can: one that is declared, or the release's with additions. */
export function capabilitiesOf(katib: Katib | KatibConfiguration = {}): Capabilities {
  return isKatib(katib) ? declared(katib) : released(katib);
}

/** The Katib of an experiment that names none: the app's, as far as it is declared, or the one that its platform finds. */
export function katibOf(construct: IConstruct): Katib | KatibConfiguration | undefined {
  return Katib.around(construct)[0] ?? ExistingKatib.reaching(construct)[0];
}

/** A Chart answers `instanceof` for all of its subclasses; what Katib alone has is its configuration. */
function isKatib(value: object): value is Katib {
  return (value as { configuration?: { kind?: unknown } }).configuration?.kind === 'KatibConfig';
}

function declared({ configuration, node }: Katib): Capabilities {
  const { init, runtime } = configuration;
  return {
    words: node.path,
    trialResources: init.controller.trialResources,
    algorithms: runtime.suggestions.map(({ algorithmName }) => algorithmName),
    metricsCollectors: runtime.metricsCollectors.map(({ kind }) => kind),
    earlyStopping: runtime.earlyStoppings.map(({ algorithmName }) => algorithmName),
  };
}

function released(beside: KatibConfiguration): Capabilities {
  const { trialResources = [], algorithms = [], metricsCollectors = [], earlyStopping = [] } = beside;
  return {
    words: 'the release',
    trialResources: [...TrialResource.release, ...trialResources].map(String),
    algorithms: [...Object.keys(ALGORITHMS), ...algorithms],
    metricsCollectors: [...Object.keys(COLLECTORS), ...metricsCollectors],
    earlyStopping: [...Object.keys(EARLY_STOPPING), ...earlyStopping],
  };
}
