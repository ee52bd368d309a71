import { given } from '../pod/given';
import { Parameter, parameterSpec } from './parameter';

/** Choices for a convolution; one-element lists fix a value. */
export interface ConvolutionChoices {
  /** Widths of the square filter. */
  readonly filterSizes: readonly number[];
  /** Numbers of filters. ENAS needs them. @default - none */
  readonly filters?: readonly number[];
  /** Strides. @default - none */
  readonly strides?: readonly number[];
  /** Multipliers of the depth. @default - none */
  readonly depthMultipliers?: readonly number[];
}

/** An operation that a searched network may be made of. */
export class Operation {
  private constructor(
    readonly type: string,
    readonly parameters: readonly Parameter[],
  ) {}

  static convolution(choices: ConvolutionChoices): Operation {
    return new Operation('convolution', convolution(choices));
  }

  static separableConvolution(choices: ConvolutionChoices): Operation {
    return new Operation('separable_convolution', convolution(choices));
  }

  static depthwiseConvolution(choices: ConvolutionChoices): Operation {
    return new Operation('depthwise_convolution', convolution(choices));
  }

  static dilatedConvolution(choices: ConvolutionChoices): Operation {
    return new Operation('dilated_convolution', convolution(choices));
  }

  /** Pooling as ENAS' trials know it. @param sizes widths of the pool, whole numbers */
  static reduction(types: readonly ('max_pooling' | 'avg_pooling')[], sizes: { readonly min: number; readonly max: number }) {
    return new Operation('reduction', [
      Parameter.categorical('reduction_type', types),
      Parameter.int('pool_size', { ...sizes, step: 1 }),
    ]);
  }

  static maxPooling(filterSizes: readonly number[]): Operation {
    return new Operation('max_pooling', convolution({ filterSizes }));
  }

  static averagePooling(filterSizes: readonly number[]): Operation {
    return new Operation('avg_pooling', convolution({ filterSizes }));
  }

  /** Passes its input on. The size says nothing; Katib refuses operations without a parameter. */
  static skipConnection(): Operation {
    return new Operation('skip_connection', convolution({ filterSizes: [3] }));
  }

  /** An operation that one's own trial knows. */
  static of(type: string, parameters: readonly Parameter[]): Operation {
    return new Operation(type, parameters);
  }
}

/** The networks that are searched. */
export interface NasSearch {
  /** Layers of the network, at least 1. */
  readonly layers: number;
  /** Size of the input, for instance `[32, 32, 3]`; ENAS needs it. @default - the trial knows */
  readonly inputSizes?: readonly number[];
  /** Size of the output, for instance `[10]`; ENAS needs it. @default - the trial knows */
  readonly outputSizes?: readonly number[];
  readonly operations: readonly Operation[];
}

/** The search as Katib takes it. */
export function nasConfig({ layers, inputSizes, outputSizes, operations }: NasSearch): object {
  return {
    graphConfig: { numLayers: layers, ...given({ inputSizes, outputSizes }) },
    operations: operations.map(({ type, parameters }) => ({
      operationType: type,
      parameters: parameters.map(parameterSpec),
    })),
  };
}

function convolution({ filterSizes, filters, strides, depthMultipliers }: ConvolutionChoices): Parameter[] {
  const choices = { filter_size: filterSizes, num_filter: filters, stride: strides, depth_multiplier: depthMultipliers };
  return Object.entries(choices).flatMap(([name, list]) => (list ? [Parameter.categorical(name, list.map(String))] : []));
}
