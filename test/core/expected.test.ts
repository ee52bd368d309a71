import type { Chart } from 'cdk8s';
import { configmaps } from '../../crds-imports/core';
import { declare, Existing, World } from '../../lib';
import { assemble, errors, notes } from '../support/app';

const NEEDED = { group: '', kind: 'ConfigMap', namespace: 'team', name: 'settings', path: 'option' };
const MISSING =
  'team: option names ConfigMap team/settings, which nothing in the model provides; add it, or declare it as existing';

const needing = (more: (chart: Chart) => void) =>
  assemble((chart) => {
    World.expect(chart, NEEDED);
    more(chart);
  });

describe('what a construct expects without naming it in an object', () => {
  test('is an error in a closed world, and a note elsewhere', () => {
    expect(errors(needing((chart) => World.close(chart)))).toEqual([MISSING]);
    const open = needing(() => {});
    expect(errors(open)).toEqual([]);
    expect(notes(open)).toEqual([MISSING]);
  });

  test('is there in the model, or in the cluster', () => {
    const answers = [
      (chart: Chart) => declare(chart, configmaps, { metadata: { name: 'settings' } }),
      (chart: Chart) => World.declare(chart, Existing.object(configmaps, 'settings', 'team')),
    ];
    for (const answer of answers) {
      const assembly = needing((chart) => {
        World.close(chart);
        World.declare(chart, Existing.namespace('team'));
        answer(chart);
      });
      expect(errors(assembly)).toEqual([]);
    }
  });
});
