import { type ServingRuntimeName, servingRuntimes } from '../../../components/kserve/serving-runtimes';
import type { ServedRuntime } from '../../../contracts';

/** How clients talk to a model. */
export type ProtocolVersion = 'v1' | 'v2' | 'grpc-v1' | 'grpc-v2';

/** Name of a serving runtime of the release. */
export type ShippedServingRuntime = `kserve-${ServingRuntimeName}`;

/**
 * The serving runtimes of the release.
 *
 * @see https://github.com/kserve/kserve/tree/v0.18.0/config/runtimes
 */
export const SERVING_RUNTIMES: Readonly<Record<string, ServedRuntime>> = Object.fromEntries(
  servingRuntimes().map(({ name, spec }) => [name, spec]),
);

/** Formats whose protocol is v2 when none is named, as KServe's webhook has it. */
export const V2_FORMATS: readonly string[] = ['triton', 'onnx', 'huggingface'];

/** Why a runtime cannot serve a model; undefined when it can. */
export function unsupported(
  shape: ServedRuntime,
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
