import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { apps, autoscaling, certManager, core, networking, rbac, scheduling } from '../../../crds-imports';
import { type Body, Definition, Existing, Kind, KubeObject, type Manifest, World } from '../../../lib/core';
import { assembled, errors, notes } from '../../support/app';

/** Declares objects in a chart, with ids that do not matter. */
function add<T>(chart: Construct, kind: Kind<T>, name: string, body: object = {}, namespace?: string): void {
  const metadata = { name, ...(namespace && { namespace }) };
  new KubeObject(chart, `${kind.kind}-${namespace ?? ''}-${name}`, kind, { metadata, ...body } as unknown as Body<T>);
}

type Build = (chart: Chart) => void;

/** What is said of a chart in its namespace, when the world is open, closed, or held to be complete. */
function said(build: Build, ...existing: Existing[]): { open: string[]; closed: string[]; complete: string[] } {
  const chart = (close: boolean) => {
    const made = new Chart(new App(), 'team', { namespace: 'team' });
    World.declare(made, Existing.namespace('team'), ...existing);
    if (close) World.close(made);
    build(made);
    return made;
  };
  return {
    open: notes(assembled(chart(false))),
    closed: errors(assembled(chart(true))),
    complete: errors(assembled(chart(false), { missingReferences: 'error' })),
  };
}

/** Expects that something is missing: an error in a closed world, a note in an open one, an error there on request. */
function expectMissing(build: Build, ...messages: string[]): void {
  expect(said(build)).toStrictEqual({ open: messages, closed: messages, complete: messages });
}

/** Expects that nothing is missing. */
function expectComplete(build: Build, ...existing: Existing[]): void {
  expect(said(build, ...existing)).toStrictEqual({ open: [], closed: [], complete: [] });
}

const podOf = (spec: object) => ({ spec: { containers: [{ name: 'c', image: 'i' }], ...spec } });
const containerOf = (fields: object) => ({ spec: { containers: [{ name: 'c', image: 'i', ...fields }] } });
const both =
  (...builds: Build[]) =>
  (chart: Chart) => {
    for (const build of builds) build(chart);
  };

const PROVIDE = 'which nothing in the model provides; add it, or declare it as existing';

describe('a pod names', () => {
  // What a Pod says, where, what it names, and what has it.
  const cases: [what: string, pod: object, path: string, target: string, kind: Kind, namespaced: boolean][] = [
    [
      'a service account',
      podOf({ serviceAccountName: 'x' }),
      'spec.serviceAccountName',
      'ServiceAccount team/x',
      core.serviceaccounts,
      true,
    ],
    [
      'a pull secret',
      podOf({ imagePullSecrets: [{ name: 'x' }] }),
      'spec.imagePullSecrets[0]',
      'Secret team/x',
      core.secrets,
      true,
    ],
    [
      'a priority class',
      podOf({ priorityClassName: 'x' }),
      'spec.priorityClassName',
      'PriorityClass x',
      scheduling.priorityclasses,
      false,
    ],
    [
      'a secret as a volume',
      podOf({ volumes: [{ name: 'v', secret: { secretName: 'x' } }] }),
      'spec.volumes[0].secret.secretName',
      'Secret team/x',
      core.secrets,
      true,
    ],
    [
      'a config map as a volume',
      podOf({ volumes: [{ name: 'v', configMap: { name: 'x' } }] }),
      'spec.volumes[0].configMap.name',
      'ConfigMap team/x',
      core.configmaps,
      true,
    ],
    [
      'a claim',
      podOf({ volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'x' } }] }),
      'spec.volumes[0].persistentVolumeClaim.claimName',
      'PersistentVolumeClaim team/x',
      core.persistentvolumeclaims,
      true,
    ],
    [
      'a projected secret',
      podOf({
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'v', projected: { sources: [{ downwardAPI: {} }, { secret: { name: 'x' } }] } },
        ],
      }),
      'spec.volumes[1].projected.sources[1].secret.name',
      'Secret team/x',
      core.secrets,
      true,
    ],
    [
      'a projected config map',
      podOf({ volumes: [{ name: 'v', projected: { sources: [{ configMap: { name: 'x' } }] } }] }),
      'spec.volumes[0].projected.sources[0].configMap.name',
      'ConfigMap team/x',
      core.configmaps,
      true,
    ],
    [
      'a secret in a variable',
      containerOf({ env: [{ name: 'A' }, { name: 'B', valueFrom: { secretKeyRef: { name: 'x', key: 'k' } } }] }),
      'spec.containers[0].env[1].valueFrom.secretKeyRef',
      'Secret team/x',
      core.secrets,
      true,
    ],
    [
      'a config map in a variable',
      containerOf({ env: [{ name: 'B', valueFrom: { configMapKeyRef: { name: 'x', key: 'k' } } }] }),
      'spec.containers[0].env[0].valueFrom.configMapKeyRef',
      'ConfigMap team/x',
      core.configmaps,
      true,
    ],
    [
      'a secret as variables',
      containerOf({ envFrom: [{ secretRef: { name: 'x' } }] }),
      'spec.containers[0].envFrom[0].secretRef',
      'Secret team/x',
      core.secrets,
      true,
    ],
    [
      'a config map as variables, in an init container',
      podOf({ initContainers: [{ name: 'i', image: 'i', envFrom: [{ configMapRef: { name: 'x' } }] }] }),
      'spec.initContainers[0].envFrom[0].configMapRef',
      'ConfigMap team/x',
      core.configmaps,
      true,
    ],
  ];

  describe.each(cases)('%s', (_, pod, path, target, kind, namespaced) => {
    const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    const body = kind === scheduling.priorityclasses ? { value: 1 } : kind === core.persistentvolumeclaims ? { spec: claim } : {};
    const build: Build = (chart) => add(chart, core.pods, 'p', pod);

    test('that nobody provides', () => {
      expectMissing(build, `team/Pod--p: Pod team/p: ${path} names ${target}, ${PROVIDE}`);
    });

    test('that the model has', () => {
      expectComplete(both(build, (chart) => add(chart, kind, 'x', body)));
    });

    test('that exists', () => {
      expectComplete(build, Existing.object(kind, 'x', namespaced ? 'team' : undefined));
      expectComplete(build, Existing.object(kind, '*', namespaced ? '*' : undefined));
    });

    test('of another name', () => {
      expect(said(build, Existing.object(kind, 'y', namespaced ? 'team' : undefined)).closed).toHaveLength(1);
      if (namespaced) expect(said(build, Existing.object(kind, 'x', 'other')).closed).toHaveLength(1);
    });
  });

  test('something optional, which may be missing', () => {
    expectComplete((chart) => {
      add(
        chart,
        core.pods,
        'volumes',
        podOf({
          volumes: [
            { name: 'a', secret: { secretName: 'x', optional: true } },
            { name: 'b', configMap: { name: 'x', optional: true } },
          ],
        }),
      );
      const sources = [{ secret: { name: 'x', optional: true } }, { configMap: { name: 'x', optional: true } }];
      add(chart, core.pods, 'projected', podOf({ volumes: [{ name: 'a', projected: { sources } }] }));
      const valueFrom = [
        { secretKeyRef: { name: 'x', key: 'k', optional: true } },
        { configMapKeyRef: { name: 'x', key: 'k', optional: true } },
      ];
      add(
        chart,
        core.pods,
        'env',
        containerOf({ env: valueFrom.map((from, index) => ({ name: `E${index}`, valueFrom: from })) }),
      );
      add(
        chart,
        core.pods,
        'envfrom',
        containerOf({ envFrom: [{ secretRef: { name: 'x', optional: true } }, { configMapRef: { name: 'x', optional: true } }] }),
      );
    });
  });

  test('from inside a template of any kind', () => {
    const template = { template: { metadata: { labels: { a: 'b' } }, ...podOf({ serviceAccountName: 'x' }) } };
    expectMissing(
      (chart) => add(chart, apps.deployments, 'd', { spec: { selector: { matchLabels: { a: 'b' } }, ...template } }),
      `team/Deployment--d: Deployment team/d: spec.template.spec.serviceAccountName names ServiceAccount team/x, ${PROVIDE}`,
    );
  });
});

describe('what every cluster has', () => {
  test('need not be declared', () => {
    expectComplete((chart) => {
      add(
        chart,
        core.pods,
        'p',
        podOf({
          serviceAccountName: 'default',
          priorityClassName: 'system-node-critical',
          volumes: [{ name: 'v', configMap: { name: 'kube-root-ca.crt' } }],
        }),
      );
      for (const namespace of ['default', 'kube-system', 'kube-public', 'kube-node-lease'])
        add(chart, core.configmaps, 'c', {}, namespace);
      for (const name of ['cluster-admin', 'admin', 'edit', 'view', 'system:auth-delegator']) {
        add(chart, rbac.clusterrolebindings, name, {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
        });
      }
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'extension-apiserver-authentication-reader' };
      add(chart, rbac.rolebindings, 'auth', { roleRef }, 'kube-system');
    });
  });

  test('is no pattern for the rest', () => {
    expect(said((chart) => add(chart, core.configmaps, 'c', {}, 'kube-systems')).closed).toHaveLength(1);
    expect(said((chart) => add(chart, core.pods, 'p', podOf({ priorityClassName: 'system-critical' }))).closed).toHaveLength(1);
  });
});

describe('a namespace', () => {
  const build: Build = (chart) => add(chart, core.configmaps, 'c', {}, 'other');

  test('that nobody provides', () => {
    expectMissing(build, `team/ConfigMap-other-c: ConfigMap other/c: metadata.namespace names Namespace other, ${PROVIDE}`);
  });

  test('that the model has, or that exists', () => {
    expectComplete(both(build, (chart) => add(chart, core.namespaces, 'other')));
    expectComplete(build, Existing.namespace('other'));
    expectComplete(build, Existing.object(core.namespaces, 'other'));
    expectComplete(build, Existing.object(core.namespaces, '*'));
  });

  test('that a Profile makes, with its service accounts', () => {
    const profile: Build = (chart) => {
      World.declare(chart, Existing.definitions('kubeflow.org'));
      add(chart, Kind.unknown('kubeflow.org/v1', 'Profile', 'profiles', 'Cluster'), 'other', {
        spec: { owner: { kind: 'User', name: 'a@b.c' } },
      });
    };
    expectComplete(both(build, profile));
    expectComplete(
      both(profile, (chart) => add(chart, core.pods, 'p', podOf({ serviceAccountName: 'default-editor' }), 'other')),
    );
    expect(
      said(both(profile, (chart) => add(chart, core.pods, 'p', podOf({ serviceAccountName: 'default-admin' }), 'other'))).closed,
    ).toHaveLength(1);
    expect(said((chart) => add(chart, core.pods, 'p', podOf({ serviceAccountName: 'default-editor' }))).closed).toHaveLength(1);
  });
});

describe('a binding names', () => {
  const binding =
    (kind: Kind, roleRef: object, subjects: object[] = []): Build =>
    (chart) =>
      add(chart, kind, 'b', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef }, subjects });

  test('a role in its own namespace', () => {
    const build = binding(rbac.rolebindings, { kind: 'Role', name: 'r' });
    expectMissing(build, `team/RoleBinding--b: RoleBinding team/b: roleRef names Role team/r, ${PROVIDE}`);
    expectComplete(both(build, (chart) => add(chart, rbac.roles, 'r', { rules: [] })));
  });

  test('a cluster role, from wherever it is', () => {
    for (const kind of [rbac.rolebindings, rbac.clusterrolebindings]) {
      const build = binding(kind, { kind: 'ClusterRole', name: 'r' });
      expect(said(build).closed).toStrictEqual([expect.stringContaining(`roleRef names ClusterRole r, ${PROVIDE}`)]);
      expectComplete(both(build, (chart) => add(chart, rbac.clusterroles, 'r', { rules: [] })));
    }
  });

  test('service accounts, while users and groups are nobody’s', () => {
    const role = { kind: 'ClusterRole', name: 'view' };
    const build = binding(rbac.clusterrolebindings, role, [
      { kind: 'User', name: 'u' },
      { kind: 'Group', name: 'g' },
      { kind: 'ServiceAccount', name: 's', namespace: 'team' },
    ]);
    expectMissing(build, `team/ClusterRoleBinding--b: ClusterRoleBinding b: subjects[2] names ServiceAccount team/s, ${PROVIDE}`);
    expectComplete(both(build, (chart) => add(chart, core.serviceaccounts, 's')));
  });
});

describe('a Service', () => {
  const ingress =
    (port: object): Build =>
    (chart) => {
      const backend = { service: { name: 's', port } };
      add(chart, networking.ingresses, 'i', {
        spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
      });
    };
  const service =
    (ports: object[], type?: string): Build =>
    (chart) =>
      add(chart, core.services, 's', {
        spec: { ports, ...(type ? { type, externalName: 'a.b' } : ports.length === 0 && { clusterIP: 'None' }) },
      });
  const PATH = 'spec.rules[0].http.paths[0].backend.service';

  test('that nobody provides, or that exists', () => {
    expectMissing(ingress({ number: 80 }), `team/Ingress--i: Ingress team/i: ${PATH} names Service team/s port 80, ${PROVIDE}`);
    expectComplete(ingress({ number: 80 }), Existing.object(core.services, 's', 'team'));
  });

  test('without the port', () => {
    expectMissing(
      both(
        ingress({ number: 80 }),
        service([
          { port: 8080, name: 'http' },
          { port: 9090, name: 'metrics' },
        ]),
      ),
      `team/Ingress--i: Ingress team/i: ${PATH} names port 80 of Service team/s, which has 8080 (http), 9090 (metrics)`,
    );
    expectMissing(
      both(ingress({ name: 'http' }), service([])),
      `team/Ingress--i: Ingress team/i: ${PATH} names port http of Service team/s, which has none`,
    );
  });

  test('with the port, by number or name', () => {
    expectComplete(both(ingress({ number: 80 }), service([{ port: 80 }])));
    expectComplete(both(ingress({ name: 'http' }), service([{ port: 8080, name: 'http' }])));
    expectComplete(both(ingress({ number: 80 }), service([], 'ExternalName')));
  });

  test('of a StatefulSet, whatever its ports', () => {
    const build: Build = (chart) =>
      add(chart, apps.statefulsets, 'x', {
        spec: {
          serviceName: 's',
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b' } }, ...containerOf({}) },
        },
      });
    expectMissing(build, `team/StatefulSet--x: StatefulSet team/x: spec.serviceName names Service team/s, ${PROVIDE}`);
    expectComplete(both(build, service([])));
  });
});

describe('a webhook', () => {
  const type = Kind.unknown(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    'Cluster',
  );
  const hooks =
    (service: object): Build =>
    (chart) => {
      const webhooks = ['a', 'b'].map((name) => ({
        name: `${name}.example.com`,
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        clientConfig: { service: { namespace: 'team', name: 's', ...service } },
      }));
      add(chart, type, 'hooks', { webhooks: [{ ...webhooks[0], clientConfig: { url: 'https://example.com' } }, webhooks[1]] });
    };
  const service: Build = (chart) =>
    add(chart, core.services, 's', { spec: { selector: { app: 's', tier: 'x' }, ports: [{ port: 443 }] } });
  const workload =
    (labels: object): Build =>
    (chart) =>
      add(chart, apps.deployments, 'd', {
        spec: { selector: { matchLabels: { app: 's' } }, template: { metadata: { labels }, ...containerOf({}) } },
      });
  const WHERE = 'team/ValidatingWebhookConfiguration--hooks: ValidatingWebhookConfiguration hooks';

  test('without its Service, or without the port', () => {
    expectMissing(hooks({}), `${WHERE}: webhooks[1].clientConfig.service names Service team/s port 443, ${PROVIDE}`);
    expectMissing(
      both(hooks({ port: 8443 }), service, workload({ app: 's', tier: 'x' })),
      `${WHERE}: webhooks[1].clientConfig.service names port 8443 of Service team/s, which has 443`,
    );
  });

  test('whose Service has no workload behind it', () => {
    const message = `${WHERE}: Service team/s answers a webhook, but no workload of the model has the labels {"app":"s","tier":"x"}`;
    expectMissing(both(hooks({}), service), message);
    expectMissing(both(hooks({}), service, workload({ app: 's' })), message);
  });

  test('whose Service leads to a workload, or to whatever its Endpoints say', () => {
    expectComplete(both(hooks({}), service, workload({ app: 's', tier: 'x', more: 'y' })));
    expectComplete(both(hooks({}), (chart) => add(chart, core.services, 's', { spec: { ports: [{ port: 443 }] } })));
  });

  test('of a conversion is one, too', () => {
    const definitions = Kind.unknown(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'customresourcedefinitions',
      'Cluster',
    );
    const build: Build = (chart) => {
      const clientConfig = { service: { namespace: 'team', name: 's' } };
      const conversion = { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig } };
      const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }];
      add(chart, definitions, 'as.b.c', {
        spec: { group: 'b.c', names: { kind: 'A', plural: 'as' }, scope: 'Namespaced', versions, conversion },
      });
    };
    expect(said(both(build, service)).closed).toStrictEqual([
      expect.stringContaining('Service team/s answers a webhook, but no workload'),
    ]);
    expectComplete(both(build, service, workload({ app: 's', tier: 'x' })));
  });
});

describe('a certificate', () => {
  const declared: Build = (chart) => World.declare(chart, Existing.definitions('cert-manager.io'));
  const certificate = (issuerRef: object): Build =>
    both(declared, (chart) => add(chart, certManager.certificates, 'c', { spec: { secretName: 'tls', issuerRef } }));

  test('names its issuer', () => {
    expectMissing(
      certificate({ name: 'i' }),
      `team/Certificate--c: Certificate team/c: spec.issuerRef names Issuer team/i, ${PROVIDE}`,
    );
    expectComplete(
      both(certificate({ name: 'i' }), (chart) => add(chart, certManager.issuers, 'i', { spec: { selfSigned: {} } })),
    );
    expectComplete(certificate({ name: 'i' }), Existing.object(certManager.issuers, 'i', '*'));
  });

  test('names its cluster issuer', () => {
    const byCluster = certificate({ kind: 'ClusterIssuer', name: 'i' });
    expectMissing(byCluster, `team/Certificate--c: Certificate team/c: spec.issuerRef names ClusterIssuer i, ${PROVIDE}`);
    expectComplete(both(byCluster, (chart) => add(chart, certManager.clusterissuers, 'i', { spec: { selfSigned: {} } })));
    expect(
      said(both(byCluster, (chart) => add(chart, certManager.issuers, 'i', { spec: { selfSigned: {} } }))).closed,
    ).toHaveLength(1);
  });

  test('may have an issuer of another product', () => {
    expectComplete(certificate({ group: 'awspca.cert-manager.io', kind: 'AWSPCAIssuer', name: 'i' }));
  });

  test('provides the Secret that it writes', () => {
    const pod: Build = (chart) => add(chart, core.pods, 'p', podOf({ volumes: [{ name: 'v', secret: { secretName: 'tls' } }] }));
    expectComplete(both(pod, certificate({ name: 'i' })), Existing.object(certManager.issuers, 'i', 'team'));
  });

  test('is what an annotation for its CA names', () => {
    const build: Build = (chart) => {
      new KubeObject(
        chart,
        'hooks',
        Kind.unknown('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'v', 'Cluster'),
        {
          metadata: {
            name: 'hooks',
            annotations: { 'cert-manager.io/inject-ca-from': 'team/c', 'cert-manager.io/inject-ca-from-secret': 'team/ca' },
          },
        } as unknown as Body<Manifest>,
      );
    };
    // A Secret with a CA may come later.
    expectMissing(
      build,
      `team/hooks: ValidatingWebhookConfiguration hooks: metadata.annotations["cert-manager.io/inject-ca-from"] names Certificate team/c, ${PROVIDE}`,
    );
    expectComplete(both(build, certificate({ group: 'other', name: 'i' })));
  });
});

test('an autoscaler names what it scales', () => {
  const build: Build = (chart) =>
    add(chart, autoscaling.horizontalpodautoscalers, 'h', {
      spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' } },
    });
  expectMissing(
    build,
    `team/HorizontalPodAutoscaler--h: HorizontalPodAutoscaler team/h: spec.scaleTargetRef names Deployment team/d, ${PROVIDE}`,
  );
  expectComplete(build, Existing.object(apps.deployments, 'd', 'team'));
});

describe('a custom resource', () => {
  const issuer: Build = (chart) => add(chart, certManager.issuers, 'i', { spec: { selfSigned: {} } });
  const INSTALL = 'install what provides it, or declare the definition as existing';

  test('without its definition', () => {
    expectMissing(issuer, `team/Issuer--i: Issuer team/i: nothing in the model defines issuers.cert-manager.io; ${INSTALL}`);
  });

  test('with its definition, in the model or in the cluster', () => {
    expectComplete(both(issuer, (chart) => void new Definition(chart, 'd', certManager.issuers)));
    expectComplete(issuer, Existing.definitions('cert-manager.io'));
    const definitions = Kind.unknown(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'customresourcedefinitions',
      'Cluster',
    );
    expectComplete(issuer, Existing.object(definitions, 'issuers.cert-manager.io'));
  });

  test('of a group that another one ends in', () => {
    const order: Build = (chart) => add(chart, Kind.unknown('acme.cert-manager.io/v1', 'Any', 'anies', 'Namespaced'), 'o');
    expect(said(order, Existing.definitions('cert-manager.io')).closed).toHaveLength(1);
    expectComplete(order, Existing.definitions('acme.cert-manager.io'));
  });

  test('that nobody describes, by the plural that its author gives', () => {
    const odd: Build = (chart) => add(chart, Kind.unknown('example.com/v1', 'Policy', 'policies', 'Namespaced'), 'p');
    expectMissing(odd, `team/Policy--p: Policy team/p: nothing in the model defines policies.example.com; ${INSTALL}`);
    expectComplete(odd, Existing.definitions('example.com'));
  });
});

describe('a world', () => {
  test('is closed for everything below a construct, and for nothing else', () => {
    const app = new App();
    const closed = new Construct(app, 'closed');
    World.close(closed);
    const inside = new Chart(new Construct(closed, 'deep'), 'chart', { namespace: 'default' });
    const outside = new Chart(app, 'outside', { namespace: 'default' });
    for (const chart of [inside, outside]) add(chart, core.pods, chart.node.id, podOf({ serviceAccountName: 'x' }));
    expect([World.isClosed(inside), World.isClosed(outside)]).toStrictEqual([true, false]);
    expect(errors(assembled(app)).map((error) => error.split(':')[0])).toStrictEqual(['closed/deep/chart/Pod--chart']);
    expect(notes(assembled(app)).map((note) => note.split(':')[0])).toStrictEqual(['outside/Pod--outside']);
  });

  test('knows what exists below the construct that declares it', () => {
    const app = new App();
    const charts = ['told', 'untold'].map((id) => new Chart(app, id, { namespace: 'default' }));
    World.declare(charts[0] as Chart, Existing.object(core.serviceaccounts, 'x', 'default'));
    for (const chart of charts) add(chart, core.pods, chart.node.id, podOf({ serviceAccountName: 'x' }));
    expect(notes(assembled(app)).map((note) => note.split(':')[0])).toStrictEqual(['untold/Pod--untold']);
  });
});

describe('what exists', () => {
  test('has a namespace when its kind has, and none otherwise', () => {
    expect(() => Existing.object(core.secrets, 's')).toThrow(
      'the existing Secret s has no namespace; name it, or give "*" for any',
    );
    expect(() => Existing.object(rbac.clusterroles, 'r', 'team')).toThrow(
      'the existing ClusterRole r has the namespace "team", but the kind is cluster-scoped',
    );
  });
});
