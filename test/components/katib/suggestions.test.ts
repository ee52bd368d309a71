import { App, Chart } from 'cdk8s';
import { Katib } from '../../../lib';
import { NamespaceBaseline } from '../../../lib/blocks';
import { SUGGESTION_CALLER } from '../../../lib/components/katib/suggestions';
import { selects } from '../../../lib/core/labels';
import { assembled } from '../../support/app';
import { DATABASE, podOf } from './support';

/** What Katib puts on the pods of an experiment's algorithm. */
const SUGGESTION = { 'katib.kubeflow.org/suggestion': 'search', 'katib.kubeflow.org/experiment': 'search' };

describe("the namespace of an experiment admits Katib's controller", () => {
  test.each([
    [
      'installed',
      (app: App) => void new Katib(new Chart(app, 'kubeflow', { namespace: 'kubeflow' }), 'katib', { database: DATABASE }),
    ],
    ['existing', (app: App) => Katib.existing(app)],
  ])('%s', (_title, katib) => {
    const app = new App();
    katib(app);
    const team = new Chart(app, 'team', { namespace: 'team' });
    new NamespaceBaseline(team, 'team', { podSecurity: 'baseline' });
    const policy = assembled(team).model.manifests.find(({ metadata }) => metadata.name === 'katib-controller-to-suggestions');
    expect(policy?.metadata.namespace).toBe('team');
    expect(policy?.spec).toMatchObject({ ingress: [{ ports: [{ port: 6788 }, { port: 6789 }] }] });
  });

  test('and no other pods, to those that algorithms run in alone', () => {
    const { peers, pods } = SUGGESTION_CALLER;
    expect(selects(pods, SUGGESTION)).toBe(true);
    expect(selects(pods, { 'katib.kubeflow.org/trial': 'search-1' })).toBe(false);
    const chart = new Chart(new App(), 'kubeflow', { namespace: 'kubeflow' });
    new Katib(chart, 'katib', { database: DATABASE });
    const { metadata } = podOf(assembled(chart), 'katib-controller') as { metadata: { labels: Record<string, string> } };
    expect(selects(peers[0]?.podSelector, metadata.labels)).toBe(true);
    expect(selects(peers[0]?.podSelector, { 'katib.kubeflow.org/component': 'ui' })).toBe(false);
  });
});
