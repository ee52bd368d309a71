import {
  type AlgorithmName,
  algorithmKind,
  type BayesianOptimizationSettings,
  type CmaEsSettings,
  type DartsSettings,
  type EnasSettings,
  type HyperbandNumbers,
  type MultivariateTpeSettings,
  type PopulationBasedTrainingSettings,
  type RandomSettings,
  type TpeSettings,
} from './algorithms';
import type { Parameter } from './parameter';
import type { SettingValue } from './settings';
import { TrialParameter } from './trial-parameter';

/** Settings of hyperband. */
export interface HyperbandSettings extends HyperbandNumbers {
  /** Parameter that says how much of the resource a trial gets, for instance its epochs. Katib's `resource_name`. */
  readonly resource: Parameter;
}

/** How an experiment chooses the values of its trials. */
export class Algorithm {
  private constructor(
    readonly name: string,
    /** By their names in props; for an algorithm that the release does not have, by Katib's. */
    readonly settings: Readonly<Record<string, SettingValue | undefined>>,
    /** Parameter that the algorithm gives out as a resource. */
    readonly resource?: Parameter,
  ) {}

  /** Draws at random. */
  static random(settings: RandomSettings = {}): Algorithm {
    return Algorithm.shipped('random', settings);
  }

  /** A tree of Parzen estimators. */
  static tpe(settings: TpeSettings = {}): Algorithm {
    return Algorithm.shipped('tpe', settings);
  }

  /** A tree of Parzen estimators that sees parameters together. */
  static multivariateTpe(settings: MultivariateTpeSettings = {}): Algorithm {
    return Algorithm.shipped('multivariate-tpe', settings);
  }

  /** Every combination; doubles need a step. */
  static grid(settings: RandomSettings = {}): Algorithm {
    return Algorithm.shipped('grid', settings);
  }

  /** Bayesian optimization; doubles are above 0, for it searches them on a logarithmic scale. */
  static bayesianOptimization(settings: BayesianOptimizationSettings = {}): Algorithm {
    return Algorithm.shipped('bayesianoptimization', settings);
  }

  /** Covariance matrix adaptation, over two numbers at least. */
  static cmaEs(settings: CmaEsSettings = {}): Algorithm {
    return Algorithm.shipped('cmaes', settings);
  }

  /** A Sobol sequence, which covers the space evenly. */
  static sobol(): Algorithm {
    return Algorithm.shipped('sobol', {});
  }

  /** Gives many trials a little of a resource, and few of them much. */
  static hyperband({ resource, ...numbers }: HyperbandSettings): Algorithm {
    return new Algorithm('hyperband', { resource: resource.name, ...numbers }, resource);
  }

  /** Population based training: trials go on from the checkpoints of better ones. */
  static populationBasedTraining(settings: PopulationBasedTrainingSettings): Algorithm {
    return Algorithm.shipped('pbt', settings);
  }

  /** Efficient neural architecture search. */
  static enas(settings: EnasSettings = {}): Algorithm {
    return Algorithm.shipped('enas', settings);
  }

  /** Differentiable architecture search. */
  static darts(settings: DartsSettings = {}): Algorithm {
    return Algorithm.shipped('darts', settings);
  }

  /**
   * An algorithm that the cluster's Katib is configured with beside those of the release; the experiment's `katib` names it.
   *
   * @param settings by Katib's names
   */
  static named(name: string, settings: Readonly<Record<string, SettingValue>> = {}): Algorithm {
    return new Algorithm(name, settings);
  }

  private static shipped(name: AlgorithmName, settings: object): Algorithm {
    return new Algorithm(name, settings as Readonly<Record<string, SettingValue | undefined>>);
  }
}

/** What ENAS suggests to a trial. */
export const EnasAssignment = {
  /** The operation and the skip connections of each layer. */
  architecture: new TrialParameter('architecture'),
  /** Layers, sizes, and what the numbers of operations mean. */
  networkConfig: new TrialParameter('nn_config'),
} as const;

/** What DARTS tells its trial. */
export const DartsAssignment = {
  /** The settings of the algorithm. */
  algorithmSettings: new TrialParameter('algorithm-settings'),
  /** The operations that it may choose. */
  searchSpace: new TrialParameter('search-space'),
  layers: new TrialParameter('num-layers'),
} as const;

/** The algorithm as Katib takes it: every setting is a text. */
export function algorithmSpec({ name, settings }: Algorithm): object {
  const names = algorithmKind(name)?.settings;
  const algorithmSettings = Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [{ name: names?.[key]?.name ?? key, value: String(value) }],
  );
  return { algorithmName: name, ...(algorithmSettings.length > 0 && { algorithmSettings }) };
}
