import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import type { HpoExperimentProps, Manifest } from '../../../lib';
import { assembled, errors, teamChart } from '../../support/app';
import { declared } from '../../support/arbitraries/draft';
import { hpoExperiments } from '../../support/arbitraries/tuning/hpo-experiment';
import { trialOf } from '../../support/arbitraries/tuning/made-trial';

interface Spec {
  readonly parameters?: readonly { readonly feasibleSpace: object }[];
  readonly algorithm: { readonly algorithmSettings?: readonly { readonly value: unknown }[] };
  readonly trialTemplate: {
    readonly trialParameters: readonly { readonly name: string; readonly reference: string }[];
    readonly trialSpec?: object;
  };
}

/** What Katib has to read as text: numbers there are refused. */
function textsThatAreNone({ parameters = [], algorithm }: Spec): unknown[] {
  const read = [
    ...parameters.flatMap(({ feasibleSpace }) => Object.values(feasibleSpace).flat()),
    ...(algorithm.algorithmSettings ?? []).map(({ value }) => value),
  ];
  return read.filter((value) => typeof value !== 'string');
}

test('any experiment that is not refused has texts where Katib reads texts, a trial parameter for each placeholder, and trials that fit their schema', () => {
  let accepted = 0;
  let trials = 0;
  fc.assert(
    fc.property(hpoExperiments.drafts, (draft) => {
      const outcome = declared(draft);
      if (!('objects' in outcome)) return;
      accepted++;
      const [object] = outcome.objects as readonly [Manifest];
      const { spec } = object as unknown as { spec: Spec };
      expect(textsThatAreNone(spec)).toEqual([]);
      const { trialParameters, trialSpec } = spec.trialTemplate;
      const references = trialParameters.map(({ reference }) => reference);
      const { parameters = [] } = draft.props as HpoExperimentProps;
      expect(references).toEqual(expect.arrayContaining(parameters.map(({ name }) => name)));
      const trial = trialOf(object);
      expect(trial !== undefined).toBe(trialSpec !== undefined);
      if (!trial) return;
      trials++;
      expect(JSON.stringify(trial)).not.toContain('${');
      const chart = teamChart();
      new ApiObject(chart, 'trial', trial);
      expect(errors(assembled(chart))).toEqual([]);
    }),
    { numRuns: 400 },
  );
  expect(accepted).toBeGreaterThan(50);
  expect(trials).toBeGreaterThan(40);
});
