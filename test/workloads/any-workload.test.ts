import * as fc from 'fast-check';
import { errors } from '../support/app';
import { type Draft, declared, type Workload } from '../support/arbitraries/draft';
import { storageCredentials } from '../support/arbitraries/serving/storage/storage-credentials';
import { WORKLOADS } from '../support/arbitraries/workloads';

const SEED = 20260331;

/** Drafts that are looked at until every option has been seen. */
const PATIENCE = 3000;

/** Whether something is said of a nested option. */
function says({ props }: Draft, option: string): boolean {
  const steps = option.split('.');
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], props) !== undefined;
}

/** The options that no draft has that is not refused, and whether any was refused. */
function unseen({ drafts, options }: Workload): { readonly unseen: string[]; readonly refused: number } {
  const missing = new Set(options);
  let refused = 0;
  for (const draft of fc.sample(drafts, { seed: SEED, numRuns: PATIENCE })) {
    if (missing.size === 0 && refused > 0) break;
    if ('refusal' in declared(draft)) refused++;
    else for (const option of missing) if (says(draft, option)) missing.delete(option);
  }
  return { unseen: [...missing], refused };
}

describe.each(
  [...WORKLOADS, storageCredentials].map((workload) => [workload.title, workload] as const),
)('any %s', (_title, workload) => {
  test('is refused in its constructor, or is what its schema says', () => {
    fc.assert(
      fc.property(workload.drafts, (draft) => {
        const outcome = declared(draft);
        if ('assembly' in outcome) expect(errors(outcome.assembly)).toEqual([]);
        else expect(outcome.refusal).toMatch(/^team\/\S+: /);
      }),
      { numRuns: 150 },
    );
  });

  test('may have every option, and not any', () => {
    const { unseen: options, refused } = unseen(workload);
    expect(options).toEqual([]);
    expect(refused).toBeGreaterThan(0);
  });
});
