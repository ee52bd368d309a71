import type { Size } from 'cdk8s';
import type { ResourceRequirements } from '../../../crds-imports/core';
import type { CpuAmount } from './declared-object';
import { given } from './given';
import type { Gpu } from './gpu';
import { mebibytes } from './memory';

/** What is set aside for a pod, and the most that it gets; one of both may be left out. */
export interface Bounds<T> {
  /** @default - none asked for; with a limit, Kubernetes asks for as much */
  readonly request?: T;
  /** @default - none */
  readonly limit?: T;
}

/** What each pod of a workload gets. Requests equal limits, unless both are given: `{ request: Cpu.units(2), limit: Cpu.units(8) }`. */
export interface Resources {
  /** @default - none asked for */
  readonly cpu?: CpuAmount | Bounds<CpuAmount>;
  /** @default - none asked for */
  readonly memory?: Size | Bounds<Size>;
  /** @default - no GPU */
  readonly gpu?: Gpu;
}

/** Fixed amounts of the same resources. */
export interface Amounts {
  /** @default - none */
  readonly cpu?: CpuAmount;
  /** @default - none */
  readonly memory?: Size;
  /** @default - none */
  readonly gpu?: Gpu;
}

/**
 * Extended resources need limits only; their requests follow.
 *
 * @throws Error when more is asked for than allowed: no pod would ever be made
 */
export function requirements({ cpu, memory, gpu }: Resources): ResourceRequirements {
  const [processors, bytes] = [boundsOf(cpu), boundsOf(memory)];
  ordered('cpu', processors.request?.amount, processors.limit?.amount, cores);
  ordered('memory', bytes.request?.asString(), bytes.limit?.asString(), mebibytes);
  const requests = amounts({ cpu: processors.request, memory: bytes.request });
  const limits = amounts({ cpu: processors.limit, memory: bytes.limit, gpu });
  return { ...(Object.keys(requests).length > 0 && { requests }), ...(Object.keys(limits).length > 0 && { limits }) };
}

/** Amounts by the name of their resource. */
export function amounts({ cpu, memory, gpu }: Amounts): Record<string, number | string> {
  return {
    ...given({ cpu: cpu?.amount, memory: memory?.asString() }),
    ...(gpu && { [gpu.resource]: gpu.count }),
  } as Record<string, number | string>;
}

function boundsOf<T extends object>(value: T | Bounds<T> | undefined): Bounds<T> {
  if (value === undefined) return {};
  return 'request' in value || 'limit' in value ? (value as Bounds<T>) : { request: value as T, limit: value as T };
}

function ordered(
  resource: string,
  request: string | undefined,
  limit: string | undefined,
  amount: (text: string) => number,
): void {
  if (request !== undefined && limit !== undefined && amount(request) > amount(limit))
    throw new Error(`the request of ${resource}, ${request}, is at most its limit, ${limit}`);
}

/** Processors of an amount: `500m` is half of one. */
function cores(amount: string): number {
  return amount.endsWith('m') ? Number(amount.slice(0, -1)) / 1000 : Number(amount);
}
