import { FACTS, type Manifest } from '../../../lib';
import { Schemas } from '../../../lib/core';
import { ModelIndex } from '../../../lib/core/model-index';
import { IgnoredFields } from '../../../lib/deploy/pulumi/drift';
import { ImmutableFields } from '../../../lib/deploy/pulumi/immutable';
import { EXPERIMENT } from '../../../lib/workloads/tuning/schema';
import { experiment, least } from './support';

/** What Katib's webhook lets one change. */
const BUDGET = ['parallelTrialCount', 'maxTrialCount', 'maxFailedTrialCount'];

test('a change of anything but the budget replaces an experiment', () => {
  const fields = Object.keys(EXPERIMENT.properties ?? {}).filter((field) => !BUDGET.includes(field));
  const replaced = new ImmutableFields(Schemas.shipped, FACTS).of(experiment(least) as unknown as Manifest);
  expect(replaced.toSorted()).toEqual(fields.map((field) => `spec.${field}`).sort());
});

test('what is declared stays ours to change; what the webhook fills in is no difference, so nothing has to be ignored', () => {
  const ignored = (props: object) => {
    const object = experiment({ ...least, ...props }) as unknown as Manifest;
    return new IgnoredFields(new ModelIndex([object], FACTS), []).of(object);
  };
  expect(ignored({})).toEqual([]);
  expect(ignored({ parallelTrialCount: 4, resumePolicy: 'LongRunning' })).toEqual([]);
});
