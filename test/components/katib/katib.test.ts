import { App } from 'cdk8s';
import {
  Katib,
  type KatibProps,
  KubeflowPlatform,
  noCredentials,
  platformChecks,
  WebAppAccess,
  webhookPaths,
} from '../../../lib';
import { Assembly } from '../../../lib/core/assembly';
import { findings } from '../../../lib/core/rule';
import { errors, thrown, told } from '../../support/app';
import { assembledPlatform, find, GROUND, objectsOf } from '../../support/platform';
import { containerOf, DATABASE, podOf, tuning } from './support';

describe('Katib', () => {
  test('stands in a closed world without a finding', () => {
    const assembly = assembledPlatform(
      { components: { ...GROUND, katib: { database: DATABASE } } },
      { checks: [...platformChecks, ...noCredentials] },
    );
    expect(errors(assembly)).toEqual([]);
    expect(told(assembly, 'warning').filter((line) => line.includes('/katib/'))).toEqual([]);
  });

  test('needs cert-manager and the namespace kubeflow', () => {
    const error = thrown(() => new KubeflowPlatform(new App(), 'kubeflow', { components: { katib: { database: DATABASE } } }));
    expect(error.message).toContain(
      'katib needs cert-manager for its webhook certificate (kubeflow/katib-webhook-cert); install it',
    );
    expect(error.message).toContain('katib needs kubeflow-namespace for the namespace kubeflow that it runs in; install it');
  });

  test('needs a database, and names every way to one', () => {
    const { message } = thrown(() => new Katib(new App(), 'katib', {} as KatibProps));
    expect(message).toMatch(/^katib: there is no database; give one/);
    for (const way of ['bundledMySql', 'Credentials.existing', 'Credentials.development', 'externalMySql', 'externalPostgres'])
      expect(message).toContain(way);
  });

  test('tells everything that is wrong at once', () => {
    const { message } = thrown(
      () => new Katib(new App(), 'katib', { trialResources: [], algorithms: { bohb: {} } } as unknown as KatibProps),
    );
    expect(message).toContain('there is no database');
    expect(message).toContain('trialResources is empty');
    expect(message).toContain('algorithm bohb is not of the release, so it needs an image');
  });

  test('admits the API server to the port of its webhooks, with a policy of its own', () => {
    const { model } = tuning();
    expect(findings([webhookPaths], model)).toEqual([]);
    const policy = model.manifests.filter(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'katib-controller',
    );
    expect(policy).toHaveLength(1);
    const katib = findings([webhookPaths], model.without(new Set(policy))).map(({ message }) => message);
    expect(katib).toEqual([expect.stringContaining('no NetworkPolicy admits the API server to port 8443')]);
  });

  test('defines its kinds, and starts when its certificate is there', () => {
    const assembly = tuning();
    const definitions = objectsOf(assembly, 'katib').filter(({ kind }) => kind === 'CustomResourceDefinition');
    expect(definitions.map(({ metadata }) => metadata.name).sort()).toEqual(
      ['experiments', 'suggestions', 'trials'].map((kind) => `${kind}.kubeflow.org`),
    );
    const awaited = assembly.plan.gates
      .filter(({ object }) => object.kind === 'Deployment' && object.metadata.name === 'katib-controller')
      .map(({ waitsFor, ready }) => `${waitsFor.kind} ${waitsFor.metadata.name} ${ready}`);
    expect(awaited).toEqual(['Certificate katib-webhook-cert Ready']);
  });

  test('takes its certificate from the issuer of the platform, or from its own where it stands alone', () => {
    const issuerOf = (assembly: ReturnType<typeof tuning>) =>
      (find(assembly, 'Certificate', 'katib-webhook-cert').spec as { issuerRef: unknown }).issuerRef;
    const issuers = (assembly: ReturnType<typeof tuning>) => objectsOf(assembly, 'katib').filter(({ kind }) => kind === 'Issuer');

    const ofPlatform = tuning();
    expect(issuerOf(ofPlatform)).toEqual({ kind: 'ClusterIssuer', name: 'kubeflow-self-signing-issuer' });
    expect(issuers(ofPlatform)).toEqual([]);

    const company = { kind: 'ClusterIssuer', name: 'company' } as const;
    const components = { kubeflowNamespace: {}, katib: { database: DATABASE } };
    expect(issuerOf(assembledPlatform({ components, existing: { certManager: { issuer: company } } }))).toEqual(company);

    const app = new App();
    new Katib(app, 'katib', { database: DATABASE });
    const alone = Assembly.of(app);
    expect(issuerOf(alone)).toEqual({ kind: 'Issuer', name: 'katib-selfsigned-issuer' });
    expect(issuers(alone)).toHaveLength(1);
  });

  test('restricts every container, and mounts a token only where the API server is called', () => {
    const assembly = tuning();
    const tokens: Record<string, unknown> = {};
    for (const name of ['katib-controller', 'katib-db-manager', 'katib-mysql', 'katib-ui']) {
      const { securityContext, resources, readinessProbe, livenessProbe } = containerOf(assembly, name);
      expect(securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        allowPrivilegeEscalation: false,
      });
      expect(resources).toMatchObject({ requests: { cpu: expect.any(String), memory: expect.any(String) } });
      expect(readinessProbe).toBeDefined();
      expect(livenessProbe).toBeDefined();
      expect(podOf(assembly, name).spec.serviceAccountName).toBe(name);
      tokens[name] = find(assembly, 'ServiceAccount', name).automountServiceAccountToken;
    }
    expect(tokens).toEqual({ 'katib-controller': true, 'katib-db-manager': false, 'katib-mysql': false, 'katib-ui': true });
  });

  test('runs twice what can, and says what cannot', () => {
    const access = WebAppAccess.ingress({ host: 'ml.example.com', className: 'nginx', controllerNamespace: 'ingress-nginx' });
    const assembly = tuning({ access }, { availability: 'high' });
    const replicas = (name: string) => (find(assembly, 'Deployment', name).spec as { replicas: number }).replicas;
    expect(['katib-controller', 'katib-db-manager', 'katib-ui', 'katib-mysql'].map(replicas)).toEqual([2, 2, 2, 1]);
    expect(told(assembly, 'note')).toContainEqual(
      'kubeflow/katib/katib-mysql: katib-mysql stays at one replica: one pod at a time can have its volume',
    );
  });

  test('stands on a cert-manager that is there already', () => {
    const assembly = assembledPlatform({
      components: { kubeflowNamespace: {}, katib: { database: DATABASE } },
      existing: { certManager: { issuer: { kind: 'ClusterIssuer', name: 'company' } } },
    });
    expect(errors(assembly)).toEqual([]);
  });
});
