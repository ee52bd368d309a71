import type { ResourceRequirements } from '../../../crds-imports/core';
import { type CpuAmount, cpuText, type SizeAmount, sizeText } from './amount';
import { given } from './given';
import { extendedResource, type Gpu } from './gpu';
import { mebibytes } from './memory';

/** What is set aside for a pod, and the most that it gets; one of both may be left out. */
export interface Bounds<T> {
  /** @default - none asked for; with a limit, Kubernetes asks for as much */
  readonly request?: T;
  /** @default - none */
  readonly limit?: T;
}

/** What each pod of a workload gets. Requests equal limits, unless both are given: `{ request: 2, limit: 8 }`. */
export interface Resources {
  /** `Cpu.units(4)`, `4` or `'500m'`. @default - none asked for */
  readonly cpu?: CpuAmount | Bounds<CpuAmount>;
  /** `Size.gibibytes(16)` or `'16Gi'`. @default - none asked for */
  readonly memory?: SizeAmount | Bounds<SizeAmount>;
  /** Room on the node's disk, for what containers write outside of volumes, for logs and for empty folders. @default - none asked for */
  readonly ephemeralStorage?: SizeAmount | Bounds<SizeAmount>;
  /** @default - no GPU */
  readonly gpu?: Gpu;
  /** Further devices, beside the GPU: how many of each extended resource, for instance `{ 'rdma/ib': 1 }`. @default - none */
  readonly devices?: Readonly<Record<string, number>>;
}

/** Fixed amounts of the same resources. */
export interface Amounts {
  /** @default - none */
  readonly cpu?: CpuAmount;
  /** @default - none */
  readonly memory?: SizeAmount;
  /** @default - none */
  readonly ephemeralStorage?: SizeAmount;
  /** @default - none */
  readonly gpu?: Gpu;
  /** How many of each further extended resource. @default - none */
  readonly devices?: Readonly<Record<string, number>>;
}

/**
 * Extended resources need limits only; their requests follow.
 *
 * @throws Error when more is asked for than allowed: no pod would ever be made; and for what is no amount
 */
export function requirements({ cpu, memory, ephemeralStorage, gpu, devices }: Resources): ResourceRequirements {
  const [processors, bytes, disk] = [boundsOf(cpu), boundsOf(memory), boundsOf(ephemeralStorage)];
  const requests = amounts({ cpu: processors.request, memory: bytes.request, ephemeralStorage: disk.request });
  const limits = amounts({ cpu: processors.limit, memory: bytes.limit, ephemeralStorage: disk.limit, gpu, devices });
  for (const [resource, measure] of Object.entries(MEASURES)) ordered(resource, requests[resource], limits[resource], measure);
  return { ...(Object.keys(requests).length > 0 && { requests }), ...(Object.keys(limits).length > 0 && { limits }) };
}

/** Amounts by the name of their resource. @throws Error for what is no amount, and for a device that is asked for twice */
export function amounts({ cpu, memory, ephemeralStorage, gpu, devices = {} }: Amounts): Record<string, number | string> {
  if (gpu && gpu.resource in devices) throw new Error(`${gpu.resource} is asked for as gpu and among devices; give it once`);
  return {
    ...given({
      cpu: cpu === undefined ? undefined : cpuText(cpu),
      memory: memory === undefined ? undefined : sizeText(memory),
      'ephemeral-storage': ephemeralStorage === undefined ? undefined : sizeText(ephemeralStorage),
    }),
    ...(gpu && { [gpu.resource]: gpu.count }),
    ...Object.fromEntries(
      Object.entries(devices).map(([resource, count]) => extendedResource(resource, count, `the number of ${resource}`)),
    ),
  } as Record<string, number | string>;
}

/** How amounts of a resource are compared. */
const MEASURES: Readonly<Record<string, (text: string) => number>> = {
  cpu: cores,
  memory: mebibytes,
  'ephemeral-storage': mebibytes,
};

function boundsOf<T>(value: T | Bounds<T> | undefined): Bounds<T> {
  if (value === undefined) return {};
  return typeof value === 'object' && value !== null && ('request' in value || 'limit' in value)
    ? (value as Bounds<T>)
    : { request: value as T, limit: value as T };
}

function ordered(
  resource: string,
  request: number | string | undefined,
  limit: number | string | undefined,
  amount: (text: string) => number,
): void {
  if (request !== undefined && limit !== undefined && amount(String(request)) > amount(String(limit)))
    throw new Error(`the request of ${resource}, ${request}, is above its limit, ${limit}`);
}

/** Processors of an amount: `500m` is half of one. */
function cores(amount: string): number {
  return amount.endsWith('m') ? Number(amount.slice(0, -1)) / 1000 : Number(amount);
}
