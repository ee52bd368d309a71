import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Algorithm,
  admissionregistration,
  apiextensions,
  apps,
  autoscaling,
  certManager,
  core,
  Elastic,
  HpoExperiment,
  KubeflowPlatform,
  KubeObject,
  kubeflow,
  Model,
  ModelServer,
  Objective,
  Parameter,
  Runtime,
  rbac,
  serving,
  TrainingJob,
  Trial,
  training,
} from '../../../lib';
import { asString, Deployment, type DeploymentArgs, kubernetesProvider } from '../../../lib/deploy/pulumi';
import { type Recording, type Registered, record, secretValue } from './recorder';

// A whole platform goes over the wire.
jest.setTimeout(180_000);

const CRD = 'kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition';
const CONSTRUCT = 'kubeflow:index:Construct';

/** What is deployed in these tests: a chart with what each of them adds. */
function chart(add: (chart: Chart) => void, namespace = 'team'): App {
  const app = new App();
  add(new Chart(app, 'team', { namespace }));
  return app;
}

/** Every deployment writes under the same name, so that it can go on with what another one left. */
const MANAGED = { 'pulumi.com/patchFieldManager': 'cdk8s-kubeflow' };

const configMap = (scope: Construct, name = 'settings', data: Record<string, string> = {}) =>
  new KubeObject(scope, name, core.configmaps, { metadata: { name }, data });

const pod = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } };
const workload = (scope: Construct, spec: Partial<apps.Deployment['spec']> = {}) =>
  new KubeObject(scope, 'web', apps.deployments, {
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: pod, ...spec },
  });

const deploy = (app: App, args: Partial<DeploymentArgs> = {}, options?: pulumi.ComponentResourceOptions) =>
  record(() => new Deployment('main', { app, ...args }, options));

describe('a platform', () => {
  let recording: Recording<Deployment>;

  beforeAll(async () => {
    const app = new App();
    new KubeflowPlatform(app, 'kubeflow', { components: { certManager: {}, ...training(), trainingOperator: {}, ...serving() } });
    recording = await deploy(app);
  });

  const byUrn = (urn: string) => recording.resources.find((resource) => resource.urn === urn) as Registered;
  const objects = () => recording.resources.filter(({ custom, type }) => custom && !type.startsWith('pulumi:'));

  test('is the same tree: every object below the construct that declares it', () => {
    const webhook = recording.get('cert-manager/cert-manager-webhook', 'kubernetes:apps/v1:Deployment');
    const chain: string[] = [];
    for (let { parent } = webhook; parent; parent = byUrn(parent).parent)
      chain.push(`${byUrn(parent).type} ${byUrn(parent).name}`);
    expect(chain).toEqual([
      `${CONSTRUCT} main:kubeflow/cert-manager/cert-manager-webhook`,
      `${CONSTRUCT} main:kubeflow/cert-manager`,
      `${CONSTRUCT} main:kubeflow`,
      'kubeflow:index:Deployment main',
    ]);
  });

  test('has no component without an object below it, since an empty one orders nothing', () => {
    const parents = new Set(recording.resources.map(({ parent }) => parent));
    const empty = recording.resources.filter(({ custom, urn }) => !custom && !parents.has(urn));
    expect(empty).toEqual([]);
  });

  test("has the SDK's own type tokens, and names that say neither wave nor place", () => {
    for (const { type, name, inputs } of objects()) {
      const { apiVersion, kind, metadata } = inputs as {
        apiVersion: string;
        kind: string;
        metadata: { name: string; namespace?: string };
      };
      expect(type).toBe(`kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`);
      expect(name).toBe([metadata.namespace, metadata.name].filter(Boolean).join('/'));
    }
    expect(objects().length).toBeGreaterThan(100);
  });

  test('is ordered by the gates: what depends on something is asked for after it, and carries its URN', () => {
    const order = new Map(recording.resources.map(({ urn }, index) => [urn, index]));
    for (const { urn, dependsOn } of recording.resources)
      for (const other of dependsOn) expect(order.get(other)).toBeLessThan(order.get(urn) as number);
    const issuer = recording.get('kubeflow-self-signing-issuer');
    expect(issuer.dependsOn.map((urn) => urn.replace(/^.*\$kubernetes:/, ''))).toEqual(
      expect.arrayContaining([
        'apiextensions.k8s.io/v1:CustomResourceDefinition::clusterissuers.cert-manager.io',
        'apps/v1:Deployment::cert-manager/cert-manager-webhook',
        'core/v1:Service::cert-manager/cert-manager-webhook',
        'admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration::cert-manager-webhook',
        // It has finalizers in its controller's hands, so it leaves first.
        'apps/v1:Deployment::cert-manager/cert-manager',
      ]),
    );
  });

  test('is ready when definitions are established and webhooks have their CA bundle', () => {
    const annotations = (resource: Registered) =>
      (resource.inputs.metadata as { annotations?: Record<string, string> }).annotations ?? {};
    for (const definition of recording.ofType(CRD))
      expect(annotations(definition)['pulumi.com/waitFor']).toContain('condition=Established');
    const webhook = recording.get(
      'cert-manager-webhook',
      'kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration',
    );
    expect(annotations(webhook)['pulumi.com/waitFor']).toBe('jsonpath={.webhooks[0].clientConfig.caBundle}');
    for (const service of recording.ofType('kubernetes:core/v1:Service'))
      expect(annotations(service)['pulumi.com/skipAwait']).toBe('true');
  });

  test('has no long text in it more than once, definitions apart', () => {
    const long = objects()
      .filter(({ type }) => type !== CRD)
      .flatMap(({ inputs }) => texts(inputs))
      .filter(({ length }) => length > 200);
    expect(long.length).toBeGreaterThan(0);
    expect(new Set(long).size).toBe(long.length);
  });

  test('waits for nothing whose maker could still be waiting for its turn', () => {
    const dependencies = (name: string, type: string) =>
      recording.get(name, type).dependsOn.map((urn) => urn.replace(/^.*::(?=[^:]+$)/, ''));
    const validating = 'kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration';
    expect(dependencies('cert-manager-webhook', validating)).toEqual(
      expect.arrayContaining(['cert-manager/cert-manager-cainjector', 'cert-manager/cert-manager-webhook']),
    );
    expect(dependencies('inferenceservice.serving.kserve.io', validating)).toEqual(
      expect.arrayContaining(['cert-manager/cert-manager-cainjector', 'kubeflow/serving-cert']),
    );
    // It writes the bundle by itself, and is not available before that.
    const own = recording.get('validator.training-operator.kubeflow.org', validating);
    expect(JSON.stringify(own.inputs.metadata)).not.toContain('pulumi.com/waitFor');
    expect(recording.get('kubeflow/training-operator', 'kubernetes:apps/v1:Deployment').dependsOn).toContain(own.urn);
  });

  test('keeps its definitions when it is destroyed', () => {
    expect(recording.ofType(CRD).every(({ retainOnDelete }) => retainOnDelete)).toBe(true);
    expect(recording.ofType('kubernetes:apps/v1:Deployment').some(({ retainOnDelete }) => retainOnDelete)).toBe(false);
  });

  test('goes to a provider that changes configuration in place and takes over what is there', () => {
    const [provider] = recording.ofType('pulumi:providers:kubernetes');
    expect(provider?.inputs).toMatchObject({
      enableConfigMapMutable: 'true',
      enableSecretMutable: 'true',
      upsertExistingObjects: 'true',
    });
    for (const object of objects()) expect(object.provider).toContain(`${provider?.urn}::`);
  });
});

describe('definitions', () => {
  const platform = () => {
    const app = new App();
    new KubeflowPlatform(app, 'kubeflow', { components: { certManager: {} } });
    return app;
  };

  test('alone are a stack of their own', async () => {
    const { resources } = await deploy(platform(), { definitions: 'only' });
    const types = new Set(resources.filter(({ custom }) => custom).map(({ type }) => type));
    expect(types).toEqual(new Set(['pulumi:providers:kubernetes', CRD]));
  });

  test('that exist are left out, and nothing depends on them', async () => {
    const recording = await deploy(platform(), { definitions: 'existing' });
    expect(recording.ofType(CRD)).toEqual([]);
    expect(recording.get('kubeflow-self-signing-issuer').dependsOn.join()).not.toContain('CustomResourceDefinition');
  });
});

describe('what the checks refuse', () => {
  test('is told with all findings, and nothing is registered', async () => {
    const app = chart((team) => {
      workload(team, { replicas: 'two' as never });
      new KubeObject(team, 'settings', core.configmaps, { metadata: { name: 'settings' }, dat: {} } as never);
    });
    const { resources, result } = await record(() => {
      try {
        new Deployment('main', { app });
        return undefined;
      } catch (error) {
        return error;
      }
    });
    expect(pulumi.RunError.isInstance(result)).toBe(true);
    expect((result as Error).message).toMatch(/2 errors.*\n.*team\/web: .*spec\.replicas.*\n.*team\/settings: .*"dat"/);
    expect(resources).toEqual([]);
  });

  test("of a user's own checks, too", async () => {
    const app = chart((team) => configMap(team));
    const message = 'no ConfigMaps on Fridays';
    const reason = 'Nobody mends them on Saturdays.';
    const checks = [
      { id: 'team/no-config-maps' as const, level: 'error' as const, reason, check: () => [{ path: 'team', message }] },
    ];
    await expect(deploy(app, { checks })).rejects.toThrow('no ConfigMaps on Fridays');
  });
});

describe('a resource', () => {
  test('of a workload is found by its construct, with its Outputs', async () => {
    let server: ModelServer | undefined;
    const app = chart((team) => {
      server = new ModelServer(team, 'resnet50', { model: Model.pytorch('s3://models/resnet50/') });
    });
    const { result } = await record(
      () => {
        const deployment = new Deployment('main', { app });
        const { status } = deployment.resource(server as ModelServer);
        return new Promise((resolve) => status.apply((known) => resolve(known?.url)));
      },
      { outputs: ({ type }) => (type.endsWith(':InferenceService') ? { status: { url: 'https://resnet50.example.com' } } : {}) },
    );
    expect(result).toBe('https://resnet50.example.com');
  });

  test('gives what its construct says as an Output that depends on it', async () => {
    const recording = await record(async () => {
      const bucket = asString(pulumi.output('models'));
      const app = new App();
      const team = new Chart(app, 'team', { namespace: 'team' });
      const server = new ModelServer(team, 'resnet50', { model: Model.pytorch(`s3://${bucket}/resnet50/`) });
      const deployment = new Deployment('main', { app });
      const url = deployment.output(server, ({ predictUrl }) => predictUrl);
      const said = deployment.output(server, () => `from ${bucket}`);
      const other = new Chart(new App(), 'other', { namespace: 'team' });
      configMap(other, 'client', { url: asString(url), said: asString(said) });
      new Deployment('client', { app: other.node.root });
    });
    const client = recording.get('team/client');
    expect(client.inputs.data).toEqual({
      url: 'http://resnet50.team.svc.cluster.local/v1/models/resnet50:predict',
      said: 'from models',
    });
    expect(client.dependsOn).toContain(recording.get('team/resnet50').urn);
  });

  test('of something that is not deployed is an error', async () => {
    const other = configMap(new Chart(new App(), 'other', { namespace: 'other' }));
    const { result } = await deploy(chart((team) => configMap(team)));
    expect(() => result.resource(other)).toThrow('other/settings is no object of this deployment');
  });

  test('of an object of plain cdk8s is the same as ours', async () => {
    const app = chart((team) => {
      new ApiObject(team, 'role', {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'reader' },
      });
    });
    expect((await deploy(app)).get('reader').type).toBe('kubernetes:rbac.authorization.k8s.io/v1:ClusterRole');
  });

  test('has the patches of its construct', async () => {
    const app = chart((team) => configMap(team).addJsonPatch(JsonPatch.add('/data/greeting', 'hello')));
    expect((await deploy(app)).get('team/settings').inputs.data).toEqual({ greeting: 'hello' });
  });

  test('can have a prefix, so that two clusters get the same objects', async () => {
    const { resources } = await record(() => {
      for (const cluster of ['east', 'west']) {
        const provider = kubernetesProvider(cluster, { context: cluster });
        new Deployment(cluster, { app: chart((team) => configMap(team)), provider, resourcePrefix: cluster });
      }
    });
    const maps = resources.filter(({ type }) => type.endsWith(':ConfigMap'));
    expect(maps.map(({ name, provider }) => [name, provider.split('::')[3]])).toEqual([
      ['east:team/settings', 'east'],
      ['west:team/settings', 'west'],
    ]);
    expect(new Set(resources.map(({ urn }) => urn)).size).toBe(resources.length);
  });

  test('of another chart is left out when a single chart is deployed', async () => {
    const app = new App();
    const team = new Chart(app, 'team', { namespace: 'team' });
    configMap(team);
    configMap(new Chart(app, 'other', { namespace: 'other' }));
    const recording = await record(() => new Deployment('main', { app: team }));
    expect(recording.get('team/settings').parent).toBe(recording.get('main:team').urn);
    expect(recording.ofType('kubernetes:core/v1:ConfigMap')).toHaveLength(1);
  });

  test("takes the provider of the component's options", async () => {
    const recording = await record(
      () => new Deployment('main', { app: chart((team) => configMap(team)) }, { provider: kubernetesProvider('mine') }),
    );
    expect(recording.ofType('pulumi:providers:kubernetes').map(({ name }) => name)).toEqual(['mine']);
    expect(recording.get('team/settings').provider).toContain('::mine::');
  });

  test('goes through transformations', async () => {
    const label: pulumi.ResourceTransformation = ({ type, props, opts }) =>
      type.endsWith(':ConfigMap')
        ? { props: { ...props, metadata: { ...props.metadata, labels: { cost: 'shared' } } }, opts }
        : undefined;
    const recording = await deploy(
      chart((team) => configMap(team)),
      {},
      { transformations: [label] },
    );
    expect(recording.get('team/settings').inputs.metadata).toMatchObject({ labels: { cost: 'shared' } });
  });
});

describe('readiness', () => {
  const annotations = async (add: (chart: Chart) => void, name: string, type?: string) =>
    ((await deploy(chart(add))).get(name, type).inputs.metadata as { annotations?: Record<string, string> }).annotations;

  test('of a Certificate is that it is issued', async () => {
    const certificate = (team: Chart) =>
      new KubeObject(team, 'serving', certManager.certificates, {
        metadata: { name: 'serving' },
        spec: { secretName: 'serving', dnsNames: ['a.example.com'], issuerRef: { name: 'mine' } },
      });
    expect(await annotations(certificate, 'team/serving')).toEqual({ 'pulumi.com/waitFor': 'condition=Ready', ...MANAGED });
  });

  test('of a Profile is the finalizer that its controller adds when it has been through', async () => {
    const profile = (team: Chart) =>
      new KubeObject(team, 'ada', kubeflow.profiles, {
        metadata: { name: 'ada' },
        spec: { owner: { kind: 'User', name: 'ada@example.com' } },
      });
    expect(await annotations(profile, 'ada')).toEqual({
      'pulumi.com/waitFor': 'jsonpath={.metadata.finalizers[0]}=profile-finalizer',
      ...MANAGED,
    });
  });

  const service =
    (type: 'LoadBalancer' | 'ClusterIP', own: Record<string, string> = {}) =>
    (team: Chart) => {
      new KubeObject(team, 'service', core.services, {
        metadata: { name: 'web', annotations: own },
        spec: { type, selector: { app: 'web' }, ports: [{ port: 80 }] },
      });
      workload(team);
    };
  const SERVICE = 'kubernetes:core/v1:Service';

  test('of a Service that gets an address from outside is that address', async () => {
    expect(await annotations(service('LoadBalancer'), 'team/web', SERVICE)).toEqual(MANAGED);
    expect(await annotations(service('ClusterIP'), 'team/web', SERVICE)).toEqual({ 'pulumi.com/skipAwait': 'true', ...MANAGED });
  });

  test('of such a Service needs its pods, which are therefore there before', async () => {
    const dependsOn = async (add: (chart: Chart) => void) => (await deploy(chart(add))).get('team/web', SERVICE).dependsOn;
    const recording = await deploy(chart(service('LoadBalancer')));
    const { urn } = recording.get('team/web', 'kubernetes:apps/v1:Deployment');
    expect(await dependsOn(service('LoadBalancer'))).toContain(urn);
    expect(await dependsOn(service('ClusterIP'))).not.toContain(urn);
    expect(await dependsOn(service('LoadBalancer', { 'pulumi.com/skipAwait': 'true' }))).not.toContain(urn);
  });

  test("that the object's author has given is left as it is", async () => {
    const own = { 'pulumi.com/skipAwait': 'false', 'pulumi.com/patchFieldManager': 'mine' };
    expect(await annotations(service('ClusterIP', own), 'team/web', SERVICE)).toEqual(own);
  });
});

describe('drift', () => {
  const ignored = async (add: (chart: Chart) => void, name: string, type: string, args: Partial<DeploymentArgs> = {}) =>
    (await deploy(chart(add), args)).get(name, type).ignoreChanges;

  test('replicas under an autoscaler are not ours', async () => {
    const type = 'kubernetes:apps/v1:Deployment';
    const scaled = (team: Chart) => {
      workload(team, { replicas: 2 });
      new KubeObject(team, 'scaler', autoscaling.horizontalpodautoscalers, {
        metadata: { name: 'web' },
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 5 },
      });
    };
    expect(await ignored(scaled, 'team/web', type)).toEqual(['spec.replicas']);
    expect(await ignored((team) => workload(team, { replicas: 2 }), 'team/web', type)).toEqual([]);
  });

  test('replicas under an autoscaler of KEDA are not ours either', async () => {
    const scaled = (team: Chart) => {
      workload(team, { replicas: 2 });
      new ApiObject(team, 'scaler', {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name: 'web', namespace: 'team' },
        spec: { scaleTargetRef: { name: 'web' } },
      });
    };
    expect(await ignored(scaled, 'team/web', 'kubernetes:apps/v1:Deployment')).toEqual(['spec.replicas']);
  });

  test('whether a job waits is not ours where Kueue decides, and nowhere else', async () => {
    const job = (queue?: string) => (team: Chart) =>
      void new TrainingJob(team, 'mnist', {
        pytorch: { master: 1, worker: 2 },
        image: 'mnist:1',
        queue,
        runPolicy: { suspend: true },
      });
    const type = 'kubernetes:kubeflow.org/v1:PyTorchJob';
    expect(await ignored(job('gpus'), 'team/mnist', type)).toEqual(['spec.runPolicy.suspend']);
    expect(await ignored(job(), 'team/mnist', type)).toEqual([]);
  });

  test('the workers of an elastic job are not ours, those of any other are', async () => {
    const job = (elastic?: Elastic) => (team: Chart) =>
      void new TrainingJob(team, 'mnist', {
        pytorch: { ...(elastic ? { elastic } : { master: 1 }), worker: 2 },
        image: 'mnist:1',
      });
    const type = 'kubernetes:kubeflow.org/v1:PyTorchJob';
    expect(await ignored(job(Elastic.between(1, 4)), 'team/mnist', type)).toEqual(['spec.pytorchReplicaSpecs.Worker.replicas']);
    expect(await ignored(job(), 'team/mnist', type)).toEqual([]);
  });

  test('a CA bundle is not ours where cert-manager is asked for it', async () => {
    const webhook = (annotations: Record<string, string>) => (team: Chart) =>
      new KubeObject(team, 'webhook', admissionregistration.validatingwebhookconfigurations, {
        metadata: { name: 'web', annotations },
        webhooks: [
          {
            name: 'web.example.com',
            clientConfig: { service: { name: 'web', namespace: 'team' }, caBundle: 'Cg==' },
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
          },
        ],
      });
    const type = 'kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration';
    const injected = webhook({ 'cert-manager.io/inject-ca-from': 'team/web' });
    expect(await ignored(injected, 'web', type)).toEqual(['webhooks[*].clientConfig.caBundle']);
    expect(await ignored(webhook({}), 'web', type)).toEqual([]);
  });

  test('rules of a role that others are aggregated to are not ours', async () => {
    const role = (team: Chart) =>
      new KubeObject(team, 'admin', rbac.clusterroles, {
        metadata: { name: 'all' },
        aggregationRule: { clusterRoleSelectors: [{}] },
      });
    expect(await ignored(role, 'all', 'kubernetes:rbac.authorization.k8s.io/v1:ClusterRole')).toEqual(['rules']);
  });

  test("a user's own table adds to the library's", async () => {
    const drift = [{ kind: 'core/ConfigMap', fields: ['data.counter'], writer: 'the counter' }];
    expect(await ignored((team) => configMap(team), 'team/settings', 'kubernetes:core/v1:ConfigMap', { drift })).toEqual([
      'data.counter',
    ]);
  });

  test('fields inside of what an object does not have are left out', async () => {
    const drift = [
      { kind: 'core/ConfigMap', fields: ['data.counter', 'metadata.annotations["example.com/seen"]'], writer: 'the counter' },
    ];
    const plain = await ignored((team) => configMap(team), 'team/settings', 'kubernetes:core/v1:ConfigMap', { drift });
    expect(plain).toEqual(['data.counter']);
    const annotated = (team: Chart) => configMap(team).metadata.addAnnotation('example.com/owner', 'team');
    expect(await ignored(annotated, 'team/settings', 'kubernetes:core/v1:ConfigMap', { drift })).toEqual(drift[0]?.fields);
  });
});

describe('an immutable field', () => {
  const kept = async (add: (chart: Chart) => void, name: string) => (await deploy(chart(add))).get(name);
  const train = (suspend: boolean) => (team: Chart) =>
    void new TrainingJob(team, 'tune', { runtime: Runtime.existing('torch'), image: 'tune:1', suspend });

  test('of a job is all but its suspension, since a running one ignores most changes; the old one goes first', async () => {
    const job = (team: Chart) => void new TrainingJob(team, 'mnist', { pytorch: { master: 1 }, image: 'mnist:1' });
    const { replaceOnChanges, deleteBeforeReplace } = await kept(job, 'team/mnist');
    expect(replaceOnChanges).toEqual(
      expect.arrayContaining(['spec.pytorchReplicaSpecs', 'spec.runPolicy.managedBy', 'spec.runPolicy.schedulingPolicy']),
    );
    expect(replaceOnChanges).not.toContain('spec.runPolicy.suspend');
    expect(replaceOnChanges).not.toContain('spec.runPolicy');
    expect(deleteBeforeReplace).toBe(true);
  });

  test('of a TrainJob is what its definition and its webhook say; patches of its runtime only while it runs', async () => {
    const running = (await kept(train(false), 'team/tune')).replaceOnChanges;
    expect(running).toEqual(expect.arrayContaining(['spec.runtimeRef', 'spec.trainer', 'spec.runtimePatches']));
    expect(running).not.toContain('spec.suspend');
    const suspended = (await kept(train(true), 'team/tune')).replaceOnChanges;
    expect(suspended).toEqual(expect.arrayContaining(['spec.runtimeRef', 'spec.trainer']));
    expect(suspended).not.toContain('spec.runtimePatches');
  });

  test('of an Experiment is all but its budget', async () => {
    const search = (team: Chart) =>
      void new HpoExperiment(team, 'search', {
        objective: Objective.maximize('accuracy'),
        algorithm: Algorithm.random(),
        parameters: [rate],
        trial: Trial.trainingJob({ pytorch: { master: 1 }, image: 'mnist:1', args: [`--lr=${rate}`] }),
      });
    const rate = Parameter.double('lr', { min: 0.1, max: 0.2 });
    const { replaceOnChanges } = await kept(search, 'team/search');
    expect(replaceOnChanges).toEqual(expect.arrayContaining(['spec.objective', 'spec.trialTemplate']));
    for (const open of ['spec.parallelTrialCount', 'spec.maxTrialCount', 'spec.maxFailedTrialCount'])
      expect(replaceOnChanges).not.toContain(open);
  });

  test('of a ModelServer is its deployment mode', async () => {
    const server = (team: Chart) => void new ModelServer(team, 'resnet', { model: Model.pytorch('s3://models/resnet') });
    expect((await kept(server, 'team/resnet')).replaceOnChanges).toEqual([
      'metadata.annotations["serving.kserve.io/deploymentMode"]',
    ]);
  });

  test('is read from the definition of a kind of the model', async () => {
    const own = (team: Chart) => {
      new KubeObject(team, 'definition', apiextensions.customresourcedefinitions, {
        metadata: { name: 'lamps.example.com' },
        spec: {
          group: 'example.com',
          names: { kind: 'Lamp', plural: 'lamps' },
          scope: 'Namespaced',
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: {
                openAPIV3Schema: {
                  type: 'object',
                  properties: {
                    spec: {
                      type: 'object',
                      properties: {
                        socket: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] },
                        colour: { type: 'string' },
                      },
                    },
                  },
                },
              },
            },
          ],
        },
      });
      new ApiObject(team, 'lamp', {
        apiVersion: 'example.com/v1',
        kind: 'Lamp',
        metadata: { name: 'desk' },
        spec: { socket: 'E27' },
      });
    };
    expect((await kept(own, 'team/desk')).replaceOnChanges).toEqual(['spec.socket']);
  });
});

describe('retention', () => {
  const claims = (team: Chart) => {
    new KubeObject(team, 'namespace', core.namespaces, { metadata: { name: 'team' } });
    new KubeObject(team, 'other', core.namespaces, { metadata: { name: 'other' } });
    new KubeObject(team, 'data', core.persistentvolumeclaims, {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
  };
  const kept = async (args: Partial<DeploymentArgs>) =>
    (await deploy(chart(claims), args)).resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name);

  test('keeps claims, and the namespace they are in', async () => {
    expect((await kept({})).sort()).toEqual(['team', 'team/data']);
  });

  test('can be switched off', async () => {
    expect(await kept({ retain: 'nothing' })).toEqual([]);
  });
});

describe('identity', () => {
  test('does not depend on which construct declares an object', async () => {
    const inOther = chart((team) => void configMap(new Construct(team, 'b')));
    const inOne = chart((team) => void configMap(new Construct(team, 'a')));
    expect((await deploy(inOther)).get('team/settings').urn).toBe((await deploy(inOne)).get('team/settings').urn);
  });

  test('of a moved construct is that of its former place', async () => {
    const app = chart((team) => void configMap(new Construct(new Construct(team, 'outer'), 'inner')));
    const recording = await deploy(app, { moved: [{ from: 'team/formerly', to: 'team/outer/inner' }] });
    const root = 'urn:pulumi:stack::project::kubeflow:index:Deployment';
    expect(recording.get('main:team/outer/inner').aliases).toEqual([
      expect.objectContaining({ name: 'main:team/formerly', parent: `${root}$${CONSTRUCT}::main:team` }),
    ]);
    expect(recording.get('main:team/outer').aliases).toEqual([]);
  });

  test('of a moved object is that of its former place, under its own name', async () => {
    const app = chart((team) => void configMap(new Construct(team, 'inner')));
    const recording = await deploy(app, { moved: [{ from: 'team/settings', to: 'team/inner/settings' }] });
    const [alias, ...others] = recording.get('team/settings').aliases;
    expect(alias?.parent).toBe(`urn:pulumi:stack::project::kubeflow:index:Deployment$${CONSTRUCT}::main:team`);
    expect(alias?.name).toBeFalsy();
    expect(others).toEqual([]);
  });

  test('survives another version of the API', async () => {
    const app = chart((team) => {
      new ApiObject(team, 'notebook', {
        apiVersion: 'kubeflow.org/v1',
        kind: 'Notebook',
        metadata: { name: 'lab' },
        spec: { template: { spec: { containers: [{ name: 'lab', image: 'lab:1' }] } } },
      });
    });
    const types = (await deploy(app)).get('team/lab').aliases.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['kubernetes:kubeflow.org/v1beta1:Notebook']));
    expect(types).not.toContain('kubernetes:kubeflow.org/v1:Notebook');
  });
});

describe('secrets', () => {
  test('have their data as secrets, in the request and in the state', async () => {
    const app = chart((team) => {
      new KubeObject(team, 'db', core.secrets, { metadata: { name: 'db' }, stringData: { password: 'correct horse' } });
    });
    const secret = (await deploy(app)).get('team/db');
    expect(secretValue(secret.inputs.stringData)).toEqual({ password: 'correct horse' });
    expect(secret.secretOutputs).toEqual(['data', 'stringData']);
  });
});

/** Every text in some data. */
function texts(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(texts) : [];
}
