import { App, Chart } from 'cdk8s';
import {
  Algorithm,
  core,
  EarlyStopping,
  Existing,
  HpoExperiment,
  type HpoExperimentProps,
  Katib,
  type KatibConfiguration,
  type KatibProps,
  type KubeflowComponents,
  KubeflowPlatform,
  MetricsCollector,
  TrialResource,
} from '../../../lib';
import { DATABASE } from '../../components/katib/support';
import { assembled, errors, teamChart, thrown } from '../../support/app';
import { GROUND } from '../../support/platform';
import { image, least, training } from './support';

describe('a Katib in the same app', () => {
  const beside = (katib: Partial<KatibProps>, props: HpoExperimentProps) => {
    const chart = teamChart();
    const search = new HpoExperiment(chart, 'search', props);
    new Katib(chart.node.root as App, 'katib', { database: DATABASE, ...katib });
    return assembled(search)
      .findings.filter(({ rule }) => rule?.startsWith('katib/'))
      .map(({ path, message, rule }) => `${path}: ${message} (${rule})`);
  };

  test('has what the experiment asks for', () => {
    expect(beside({}, { ...least, earlyStopping: EarlyStopping.median() })).toEqual([]);
    const lacking = {
      algorithms: { random: false },
      earlyStopping: { medianstop: false },
      collectors: { StdOut: false },
    } as const;
    expect(
      beside({ ...lacking, trialResources: [TrialResource.trainJob] }, { ...least, earlyStopping: EarlyStopping.median() }),
    ).toEqual([
      expect.stringMatching(/^team\/search: katib has no algorithm "random"; it has tpe, .*\(katib\/unknown-algorithm\)$/),
      expect.stringContaining('katib has no early stopping medianstop; it has none (katib/unknown-early-stopping)'),
      expect.stringContaining('katib runs no trials of kind Job, only TrainJob'),
      expect.stringContaining('katib configures no collector StdOut, only File, TensorFlowEvent'),
    ]);
  });

  test('says by itself what it has beside the release', () => {
    const app = new App();
    const katib = new Katib(app, 'katib', { database: DATABASE, trialResources: [TrialResource.jaxJob] });
    const chart = new Chart(app, 'team', { namespace: 'team' });
    const search = new HpoExperiment(chart, 'search', training({ image, jax: { worker: 1 } }, {}, { katib }));
    expect(errors(assembled(search)).filter((error) => error.includes('(HPO-'))).toEqual([]);
    expect(thrown(() => new HpoExperiment(chart, 'other', { ...least, katib })).message).toContain(
      'katib runs no trials of kind Job, only JAXJob',
    );
  });

  test('is asked by itself when it is declared before', () => {
    const app = new App();
    const algorithms = { own: { image: 'ghcr.io/my-org/suggest:1' } };
    const earlyStopping = { asha: { image: 'ghcr.io/my-org/stop:1' } };
    const collectors = { PrometheusMetric: { image: 'ghcr.io/my-org/collect:1' } };
    new Katib(app, 'katib', {
      database: DATABASE,
      algorithms,
      earlyStopping,
      collectors,
      trialResources: [TrialResource.jaxJob],
    });
    const chart = new Chart(app, 'team', { namespace: 'team' });
    const asking = training({ image, jax: { worker: 1 } }, {}, { algorithm: Algorithm.named('own') });
    const search = new HpoExperiment(chart, 'search', { ...asking, earlyStopping: EarlyStopping.named('asha', { rung: 2 }) });
    expect(errors(assembled(search)).filter((error) => error.includes('(HPO-'))).toEqual([]);
    new HpoExperiment(chart, 'prometheus', { ...asking, metrics: MetricsCollector.prometheus() });
    expect(thrown(() => new HpoExperiment(chart, 'other', least)).message).toContain(
      'katib runs no trials of kind Job, only JAXJob',
    );
  });

  test('that a platform finds is configured as the platform says', () => {
    const below = (katib: KatibConfiguration, props: HpoExperimentProps) => {
      const platform = new KubeflowPlatform(new App(), 'kubeflow', { components: {}, existing: { katib } });
      return () => new HpoExperiment(new Chart(platform, 'team', { namespace: 'team' }), 'search', props);
    };
    const asking = { ...least, algorithm: Algorithm.named('own'), earlyStopping: EarlyStopping.named('asha') };
    expect(thrown(below({}, asking)).message).toContain('the release has no algorithm "own"');
    expect(thrown(below({ algorithms: ['own'] }, asking)).message).toContain('the release has no early stopping asha');
    expect(below({ algorithms: ['own'], earlyStopping: ['asha'] }, asking)).not.toThrow();
    expect(below({}, least)).not.toThrow();
  });
});

describe('a platform around the experiment', () => {
  const within = (components: KubeflowComponents, props: HpoExperimentProps) => {
    const app = new App();
    const platform = new KubeflowPlatform(app, 'kubeflow', {
      components: { ...GROUND, katib: { database: DATABASE }, ...components },
      existing: { objects: [Existing.namespace('team'), Existing.object(core.secrets, 'katib-db', '*')] },
    });
    const chart = new Chart(platform, 'team', { namespace: 'team' });
    return errors(assembled(new HpoExperiment(chart, 'search', props))).filter((error) => error.includes('/search'));
  };

  test('has the product of its trials', () => {
    const props = training({ image, pytorch: { master: 1 } });
    expect(within({}, props)).toEqual([
      'kubeflow/team/search: a trial of kind PyTorchJob names CustomResourceDefinition pytorchjobs.kubeflow.org, which nothing in the model provides; install components.trainingOperator of a KubeflowPlatform, or declare it as existing',
    ]);
    expect(within({ trainingOperator: {} }, props)).toEqual([]);
    expect(within({}, least)).toEqual([]);
  });
});
