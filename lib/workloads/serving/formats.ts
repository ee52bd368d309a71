import type { ClusterServingRuntimeSpec } from '../../../crds-imports/serving.kserve.io';

/** How clients talk to a model. */
export type ProtocolVersion = 'v1' | 'v2' | 'grpc-v1' | 'grpc-v2';

/** What a server has to know of a serving runtime. */
export type RuntimeShape = Pick<
  ClusterServingRuntimeSpec,
  'supportedModelFormats' | 'protocolVersions' | 'multiModel' | 'disabled'
> & {
  /** Whether a server may be spread over several nodes. */
  readonly multiNode?: boolean;
};

const auto = (name: string, ...versions: readonly string[]) => versions.map((version) => ({ name, version, autoSelect: true }));
const named = (name: string, ...versions: readonly string[]) => versions.map((version) => ({ name, version }));

/**
 * The serving runtimes of the release.
 *
 * @see https://github.com/kserve/kserve/tree/v0.18.0/config/runtimes
 */
export const SERVING_RUNTIMES = {
  'kserve-huggingfaceserver': { supportedModelFormats: auto('huggingface', '1'), protocolVersions: ['v2', 'v1'] },
  'kserve-huggingfaceserver-multinode': {
    supportedModelFormats: auto('huggingface', '1'),
    protocolVersions: ['v2', 'v1'],
    multiNode: true,
  },
  'kserve-lgbserver': { supportedModelFormats: auto('lightgbm', '4'), protocolVersions: ['v1', 'v2'] },
  'kserve-mlserver': {
    supportedModelFormats: [
      ...auto('sklearn', '0', '1'),
      ...auto('xgboost', '1', '2'),
      ...auto('lightgbm', '3', '4'),
      ...auto('mlflow', '1', '2'),
    ],
    protocolVersions: ['v2'],
  },
  'kserve-paddleserver': { supportedModelFormats: auto('paddle', '2'), protocolVersions: ['v1', 'v2'] },
  'kserve-pmmlserver': { supportedModelFormats: auto('pmml', '3', '4'), protocolVersions: ['v1', 'v2'] },
  'kserve-predictiveserver': {
    supportedModelFormats: [...named('sklearn', '1'), ...named('xgboost', '2'), ...named('lightgbm', '4')],
    protocolVersions: ['v1', 'v2'],
  },
  'kserve-sklearnserver': { supportedModelFormats: auto('sklearn', '1'), protocolVersions: ['v1', 'v2'] },
  'kserve-tensorflow-serving': { supportedModelFormats: auto('tensorflow', '1', '2'), protocolVersions: ['v1', 'grpc-v1'] },
  'kserve-torchserve': { supportedModelFormats: auto('pytorch', '1'), protocolVersions: ['v1', 'v2', 'grpc-v2'] },
  'kserve-tritonserver': {
    supportedModelFormats: [
      ...auto('tensorrt', '8'),
      ...auto('tensorflow', '1', '2'),
      ...auto('onnx', '1'),
      ...named('pytorch', '1'),
      ...auto('triton', '2'),
    ],
    protocolVersions: ['v2', 'grpc-v2'],
  },
  'kserve-xgbserver': { supportedModelFormats: auto('xgboost', '2'), protocolVersions: ['v1', 'v2'] },
} as const satisfies Readonly<Record<string, RuntimeShape>>;

/** Name of a serving runtime of the release. */
export type ShippedServingRuntime = keyof typeof SERVING_RUNTIMES;

/** Formats whose protocol is v2 when none is named, as KServe's webhook has it. */
export const V2_FORMATS: readonly string[] = ['triton', 'onnx', 'huggingface'];

/** Why a runtime cannot serve a model; undefined when it can. */
export function unsupported(
  shape: RuntimeShape,
  { format, version, protocol }: { format: string; version?: string; protocol?: string },
): string | undefined {
  const formats = shape.supportedModelFormats ?? [];
  const same = formats.filter(({ name }) => name === format);
  if (same.length === 0) return `serves ${[...new Set(formats.map(({ name }) => name))].join(', ')}, not ${format}`;
  if (version !== undefined && !same.some((one) => one.version === undefined || one.version === version))
    return `serves ${format} ${same.map((one) => one.version).join(', ')}, not ${version}`;
  // A runtime that lists no protocol speaks v1.
  const protocols = shape.protocolVersions ?? ['v1'];
  return protocol !== undefined && !protocols.includes(protocol) ? `speaks ${protocols.join(', ')}, not ${protocol}` : undefined;
}
