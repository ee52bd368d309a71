import { type ServingRuntimeName, servedRuntimes, servingRuntimes } from '../../../components/kserve/serving-runtimes';
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
export const SERVING_RUNTIMES: Readonly<Record<string, ServedRuntime>> = servedRuntimes(servingRuntimes());
