import type { Field } from './field';

const PERCENT = /^(\d+)%$/;

/** A number, or a part of all. @param most percent of all */
export function intOrPercent(field: Field, name: string, value: number | string | undefined, most?: number): void {
  if (value === undefined || (typeof value === 'string' && field.isFilledIn(value))) return;
  const wanted = `be a whole number of at least 0, or a percentage${most === undefined ? '' : ` of at most ${most} %`} such as "25%"`;
  const percent = percentOf(value);
  const isAllowed = typeof value === 'number' ? value >= 0 : percent !== undefined && percent <= (most ?? percent);
  if (!isAllowed) field.at(name).must(wanted, value);
}

/** Whether it is nothing, however it is written. */
export function isNothing(value: number | string): boolean {
  return value === 0 || percentOf(value) === 0;
}

function percentOf(value: number | string): number | undefined {
  const percent = PERCENT.exec(String(value))?.[1];
  return percent === undefined ? undefined : Number(percent);
}
