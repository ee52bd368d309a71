import { CycleError, type Manifest, Plan } from '../../../lib/core';
import { describe as called } from '../../../lib/core/manifest';
import { planName } from '../../../lib/core/plan/plan';
import { FACTS } from '../../../lib/kinds';
import { thrown } from '../../support/app';
import {
  certificate,
  clusterIssuer,
  configMap,
  creating,
  custom,
  definition,
  issuer,
  manifest,
  mutating,
  namespace,
  profile,
  role,
  secret,
  service,
  serviceAccount,
  validating,
  webhook,
  workload,
} from '../../support/manifests';
import { hasReference, referenceExample } from '../../support/reference';

/** The waves of objects, each in its order. */
function waves(...objects: Manifest[]): string[][] {
  return new Plan(objects, undefined, FACTS).waves.map((wave) => wave.objects.map(called));
}

describe('waves', () => {
  test('nothing is planned in none', () => {
    expect(new Plan([], undefined, FACTS).waves).toStrictEqual([]);
    expect(new Plan([], undefined, FACTS).objects).toStrictEqual([]);
  });

  test('what nothing waits for is one wave, in install order', () => {
    const objects = [
      validating('hooks'),
      custom('Widget', 'w'),
      certificate('c'),
      issuer(),
      clusterIssuer(),
      workload('app'),
      service('app'),
      role('r'),
      definition('Gadget'),
      configMap('c'),
      secret('b'),
      secret('a'),
      serviceAccount('s'),
      namespace('team'),
    ];
    expect(waves(...objects)).toStrictEqual([
      [
        'Namespace team',
        'ServiceAccount team/s',
        'Secret team/a',
        'Secret team/b',
        'ConfigMap team/c',
        'CustomResourceDefinition gadgets.example.com',
        'Role team/r',
        'Service team/app',
        'Deployment team/app',
        'ValidatingWebhookConfiguration hooks',
        'ClusterIssuer issuer',
        'Issuer team/issuer',
        'Certificate team/c',
        'Widget team/w',
      ],
    ]);
  });

  test('every gate is a step, and the longest way counts', () => {
    const objects = [
      definition('Widget'),
      workload('server', { pod: { volumes: [{ name: 'v', secret: { secretName: 'tls-secret' } }] } }),
      service('server'),
      certificate('tls'),
      validating('hooks', webhook('server', [creating('example.com', 'widgets')])),
      custom('Widget', 'w'),
      configMap('c'),
    ];
    expect(waves(...objects)).toStrictEqual([
      [
        'ConfigMap team/c',
        'CustomResourceDefinition widgets.example.com',
        'Service team/server',
        'ValidatingWebhookConfiguration hooks',
        'Certificate team/tls',
      ],
      ['Deployment team/server'],
      ['Widget team/w'],
    ]);
  });

  test('an order is no step, but holds over waves', () => {
    // The ServiceAccount waits for a webhook, and so does the workload that runs as it.
    const objects = [
      service('server'),
      workload('server'),
      validating('hooks', webhook('server', [creating('', 'serviceaccounts')])),
      serviceAccount('runner'),
      workload('app', { pod: { serviceAccountName: 'runner' } }),
    ];
    const plan = new Plan(objects, undefined, FACTS);
    expect(plan.waves.map((wave) => wave.objects.map(called))).toStrictEqual([
      ['Service team/server', 'Deployment team/server', 'ValidatingWebhookConfiguration hooks'],
      ['ServiceAccount team/runner', 'Deployment team/app'],
    ]);
    expect(plan.waveOf(objects[4] as Manifest)).toBe(1);
    expect(plan.objects.map(called)).toStrictEqual(plan.waves.flatMap((wave) => wave.objects.map(called)));
  });
});

describe('waits', () => {
  test('each is told once, before the wave that needs it', () => {
    const plan = new Plan(
      [definition('Widget'), custom('Widget', 'a'), custom('Widget', 'b'), profile('alice'), configMap('c', 'alice')],
      undefined,
      FACTS,
    );
    expect(plan.waves.map(({ waits }) => waits)).toStrictEqual([
      [],
      [
        {
          resource: 'customresourcedefinitions.apiextensions.k8s.io',
          namespace: undefined,
          name: 'widgets.example.com',
          for: 'condition=Established',
        },
        {
          resource: 'profiles.kubeflow.org',
          namespace: undefined,
          name: 'alice',
          for: 'jsonpath={.metadata.finalizers[0]}=profile-finalizer',
        },
      ],
    ]);
  });

  test('there is none for what only has to be applied', () => {
    const plan = new Plan(
      [service('server'), workload('server'), validating('hooks', webhook('server', [creating('', 'services')]))],
      undefined,
      FACTS,
    );
    expect(plan.gates.map(({ ready }) => ready)).toStrictEqual(['Applied']);
    expect(plan.waves.map(({ waits }) => waits)).toStrictEqual([[], []]);
  });

  test('a kind that nobody describes is named as it is', () => {
    const unknown = manifest('kubeflow.org/v1', 'Profile', 'alice', undefined);
    const plan = new Plan(
      [
        manifest('apiregistration.k8s.io/v1', 'APIService', 'v1.x.example', undefined, {
          spec: { group: 'x.example', version: 'v1', service: { name: 's', namespace: 'n' } },
        }),
        manifest('x.example/v1', 'Odd', 'o', 'n'),
        unknown,
      ],
      undefined,
      FACTS,
    );
    expect(plan.waves[1]?.waits).toStrictEqual([
      { resource: 'apiservices.apiregistration.k8s.io', namespace: undefined, name: 'v1.x.example', for: 'condition=Available' },
    ]);
  });
});

describe('a circle', () => {
  // Each of two webhooks admits the other's workload.
  const twins = [
    service('a'),
    workload('a', { labels: { inject: 'a' } }),
    mutating('a', webhook('a', [creating('', 'pods')], { objectSelector: { matchLabels: { inject: 'b' } } })),
    service('b'),
    workload('b', { labels: { inject: 'b' } }),
    mutating('b', webhook('b', [creating('', 'pods')], { objectSelector: { matchLabels: { inject: 'a' } } })),
  ];

  test('is an error that names the way round, and why', () => {
    const error = thrown(() => new Plan(twins, undefined, FACTS)) as CycleError;
    expect(error).toBeInstanceOf(CycleError);
    expect(error.message).toBe(
      'objects wait for each other in a circle: ' +
        'Deployment team/a waits for Deployment team/b (the webhook b.example.com admits its pods); ' +
        'Deployment team/b waits for Deployment team/a (the webhook a.example.com admits its pods)',
    );
    expect(error.way).toHaveLength(2);
  });

  test('is told without what only waits for it', () => {
    const waiting = [
      configMap('c'),
      validating('c', webhook('a', [creating('', 'configmaps')])),
      workload('app', { pod: { volumes: [{ name: 'v', configMap: { name: 'c' } }] } }),
    ];
    const { message } = thrown(() => new Plan([...waiting, ...twins], undefined, FACTS));
    expect(message).not.toContain('ConfigMap');
    expect(message).not.toContain('team/app');
  });

  test('may have orders on its way', () => {
    // A Certificate that a webhook admits, whose workload reads what another Certificate of the same issuer writes.
    const volume = { volumes: [{ name: 'v', configMap: { name: 'settings' } }] };
    const objects = [
      configMap('settings'),
      workload('b', { pod: volume }),
      service('b'),
      validating('b', webhook('b', [creating('apps', 'deployments')], { objectSelector: { matchLabels: { of: 'a' } } })),
      { ...workload('a'), metadata: { name: 'a', namespace: 'team', labels: { of: 'a' } } },
      service('a'),
      validating('a', webhook('a', [creating('', 'configmaps')])),
    ];
    expect(thrown(() => new Plan(objects, undefined, FACTS)).message).toBe(
      'objects wait for each other in a circle: ' +
        'ConfigMap team/settings waits for Deployment team/a (the webhook a.example.com admits ConfigMap team/settings); ' +
        'Deployment team/a waits for Deployment team/b (the webhook b.example.com admits Deployment team/a); ' +
        'Deployment team/b comes after ConfigMap team/settings',
    );
  });
});

test('planName tells group, namespace and name', () => {
  expect([namespace('n'), configMap('c'), workload('app'), definition('Widget')].map(planName)).toStrictEqual([
    'Namespace n',
    'ConfigMap team/c',
    'Deployment.apps team/app',
    'CustomResourceDefinition.apiextensions.k8s.io widgets.example.com',
  ]);
});

// The prototype of these rules planned the upstream example in four waves, which an API server took.
(hasReference ? test : test.skip)("anybody's manifests are planned: upstream's whole example, in four waves", () => {
  const plan = new Plan(referenceExample(), undefined, FACTS);
  expect(plan.objects.length).toBeGreaterThan(800);
  expect(plan.waves).toHaveLength(4);
  for (const { object, waitsFor } of plan.gates) expect(plan.waveOf(waitsFor)).toBeLessThan(plan.waveOf(object));
});
