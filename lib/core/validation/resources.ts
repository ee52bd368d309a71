import type { ResourceRequirements } from '../../../crds-imports/core';
import type { Field } from './field';
import { notNegative, quantity, WHOLE } from './quantities';
import { isLabelKey } from './texts';

/** What Kubernetes itself divides among containers. */
const NATIVE = /^(cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** Amounts that exist in whole numbers only: pages of memory and the devices of plugins. */
function isWhole(resource: string): boolean {
  return resource.startsWith('hugepages-') || isExtended(resource);
}

function isExtended(resource: string): boolean {
  return resource.includes('/') && !/(^|\.)kubernetes\.io\//.test(resource);
}

/** What a container, or a whole pod, asks for and may use at most. */
export function resources(field: Field, { requests = {}, limits = {}, claims }: ResourceRequirements): void {
  for (const [name, amounts] of Object.entries({ limits, requests })) {
    field.entries(name, amounts, (resource, value, at) => {
      resourceName(at, resource);
      notNegative(at, value);
      const amount = quantity(value);
      if (amount === undefined) return;
      if (isWhole(resource) && amount % WHOLE !== 0n) at.must('be a whole number', value);
      if (resource === 'memory' && amount % WHOLE !== 0n) {
        at.warn('fraction-of-byte', `is ${JSON.stringify(value)}, a fraction of a byte: "m" is a thousandth, "Mi" are mebibytes`);
      }
    });
  }
  for (const [resource, value] of Object.entries(requests))
    compare(field.at('requests').at(resource), resource, value, limits[resource]);
  const asked = Object.keys({ ...requests, ...limits });
  if (asked.some((resource) => resource.startsWith('hugepages-')) && !asked.some((resource) => /^(cpu|memory)$/.test(resource))) {
    field.say('has huge pages, must have cpu or memory as well');
  }
  const names = new Set<string>();
  field.each('claims', claims, ({ name }, at) => at.once(names, name, () => `repeats the claim ${JSON.stringify(name)}`));
}

function resourceName(field: Field, resource: string): void {
  if (field.isFilledIn(resource) || NATIVE.test(resource)) return;
  if (!resource.includes('/')) {
    field.say(
      `is no resource of containers: cpu, memory, ephemeral-storage, hugepages-<size>, or with the domain of its plugin, such as nvidia.com/gpu`,
    );
  } else if (!isLabelKey(resource) || resource.startsWith('requests.')) {
    field.say('is no resource: a DNS name that does not begin with "requests.", "/" and a name');
  }
}

function compare(field: Field, resource: string, request: unknown, limit: unknown): void {
  const [asked, most] = [quantity(request), quantity(limit)];
  if (asked === undefined) return;
  if (limit === undefined) {
    if (isWhole(resource) && !field.isPartial) field.say(`is ${request}, must be a limit as well: ${resource} cannot be shared`);
  } else if (most !== undefined && isWhole(resource) && asked !== most) {
    field.say(`is ${request}, must equal the limit, ${limit}: ${resource} cannot be shared`);
  } else if (most !== undefined && asked > most) {
    field.say(`is ${request}, must be at most the limit, ${limit}`);
  }
}
