import { QUANTITY } from '../../core/schemas/quantity';

/** Processing power: cdk8s-plus's `Cpu.units(4)` or `Cpu.millis(500)`, a number of processors, or an amount as Kubernetes writes it: `'500m'`. */
export type CpuAmount = { readonly amount?: string } | number | string;

/** Memory or storage: cdk8s's `Size.gibibytes(16)`, or an amount as Kubernetes writes it: `'16Gi'`. */
export type SizeAmount = { asString(): string } | string;

const BYTES = /^[0-9.]+([KMGTPE]i|[kMGTPE])?$/;
const PROCESSORS = /^[0-9.]+m?$/;

/**
 * Processing power as Kubernetes takes it.
 *
 * @throws Error for what is no amount of it
 */
export function cpuText(cpu: CpuAmount): string {
  const text = String(typeof cpu === 'object' ? cpu.amount : cpu);
  if (!PROCESSORS.test(text) || !QUANTITY.test(text))
    throw new Error(
      `${JSON.stringify(typeof cpu === 'object' ? text : cpu)} is no amount of CPU; write a number of processors, 4 or "500m"`,
    );
  return text;
}

/**
 * Memory or storage as Kubernetes takes it.
 *
 * @throws Error for what is no amount of it
 */
export function sizeText(size: SizeAmount): string {
  const text = typeof size === 'object' ? size.asString() : size;
  if (typeof text !== 'string' || !BYTES.test(text) || !QUANTITY.test(text))
    throw new Error(
      `${JSON.stringify(text)} is no amount of memory or storage; write "16Gi" or "500Mi" (powers of 1024), or "16G" (of 1000)`,
    );
  return text;
}
