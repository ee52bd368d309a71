import type { Deployment } from '../../../crds-imports/apps';
import type { ClusterRole } from '../../../crds-imports/rbac.authorization.k8s.io';
import * as serving_kserve_io from '../../../crds-imports/serving.kserve.io';
import { type Kind, KServe, type PlatformSettings, toYaml } from '../../../lib';
import { Settings } from '../../../lib/contracts';
import { errors, teamChart, thrown, told } from '../../support/app';
import { assembledPlatform, find, GROUND, objectsOf } from '../../support/platform';
import { alone, configured, objects, serving } from './support';

/** KServe in a platform of which nothing else is there. */
function within(settings: PlatformSettings): KServe {
  const chart = teamChart();
  Settings.offer(chart, settings);
  return new KServe(chart, 'kserve');
}

describe('KServe', () => {
  const assembly = serving();

  test('stands in a closed world without an error, and without a warning of pod hygiene', () => {
    expect(errors(assembly)).toEqual([]);
    expect(told(assembly, 'warning')).toEqual([]);
  });

  test('defines every kind of its own', () => {
    const kinds = Object.values(serving_kserve_io) as Kind[];
    const defined = objectsOf(assembly, 'kserve').filter(({ kind }) => kind === 'CustomResourceDefinition');
    expect(defined).toHaveLength(17);
    for (const { definition } of kinds) expect(defined.map(({ metadata }) => metadata.name)).toContain(definition);
  });

  test('converts between versions by the Service of the webhooks, with the certificate that is issued for it', () => {
    const service = find(assembly, 'Service', 'llmisvc-webhook-server-service');
    const certificate = find(assembly, 'Certificate', 'llmisvc-serving-cert');
    for (const name of ['llminferenceservices.serving.kserve.io', 'llminferenceserviceconfigs.serving.kserve.io']) {
      const definition = find(assembly, 'CustomResourceDefinition', name);
      expect(definition).toMatchObject({
        metadata: { annotations: { 'cert-manager.io/inject-ca-from': `kubeflow/${certificate.metadata.name}` } },
        spec: { conversion: { webhook: { clientConfig: { service: { name: service.metadata.name, path: '/convert' } } } } },
      });
    }
    expect(certificate.spec).toMatchObject({ dnsNames: ['llmisvc-webhook-server-service.kubeflow.svc'] });
  });

  test('lets the API server reach every webhook', () => {
    // The rule webhookPaths is among the checks; without its policies KServe breaks it three times.
    const policies = objectsOf(assembly, 'kserve').filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual(['kserve', 'llmisvc-controller-manager-webhook']);
    for (const policy of policies) expect(policy.spec).toMatchObject({ ingress: [{ ports: [{ port: 9443 }] }] });
  });

  test('gives cluster-scoped objects no namespace, and installs nothing that nobody uses', () => {
    const scoped = objectsOf(assembly, 'kserve').filter(({ kind }) => /^Cluster|Configuration$|Definition$/.test(kind));
    expect(scoped.filter(({ metadata }) => metadata.namespace)).toEqual([]);
    const names = objectsOf(assembly, 'kserve').map(({ metadata }) => metadata.name);
    for (const dead of ['kserve-webhook-server-secret', 'kserve-controller-manager-service', 'kserve-localmodelnode-agent'])
      expect(names).not.toContain(dead);
  });

  test('applies a runtime when the webhook that validates it can be called', () => {
    const runtime = find(assembly, 'ClusterServingRuntime', 'kserve-sklearnserver');
    const awaited = assembly.plan.gates
      .filter(({ object }) => object === runtime)
      .map(({ waitsFor, ready }) => `${waitsFor.kind} ${waitsFor.metadata.name} ${ready}`);
    expect(awaited).toContain('Deployment kserve-controller-manager Available');
    expect(awaited).toContain('CustomResourceDefinition clusterservingruntimes.serving.kserve.io Established');
  });

  test('lets editors manage, and viewers read, every namespaced kind that it defines', () => {
    const covered = (role: string, verb: string) =>
      (find(assembly, 'ClusterRole', role) as unknown as ClusterRole).rules
        ?.filter(({ verbs }) => verbs.includes(verb))
        .flatMap(({ apiGroups = [], resources = [] }) => resources.map((resource) => `${resource}.${apiGroups[0]}`)) ?? [];
    const definitions = objectsOf(assembly, 'kserve').filter(({ kind }) => kind === 'CustomResourceDefinition');
    for (const { metadata, spec } of definitions) {
      expect(covered('kubeflow-kserve-view', 'list')).toContain(metadata.name);
      if ((spec as { scope: string }).scope === 'Namespaced')
        expect(covered('kubeflow-kserve-edit', 'create')).toContain(metadata.name);
    }
  });

  test('lists every image, also the one whose version stands apart, and takes all from a mirror', () => {
    expect(assembly.images.map(({ image }) => image)).toEqual(
      expect.arrayContaining(['kserve/art-explainer:latest', 'kserve/agent:v0.18.0', 'kserve/storage-initializer:v0.18.0']),
    );
    const mirrored = assembledPlatform({
      components: { ...GROUND, kserve: { llm: true, localModel: {} } },
      images: { registry: 'registry.example.com/mirror' },
    });
    expect(errors(mirrored)).toEqual([]);
    expect(mirrored.images.filter(({ image }) => !image.startsWith('registry.example.com/mirror/'))).toEqual([]);
    expect(configured(mirrored.model.manifests, 'explainers')).toEqual({
      art: { image: 'registry.example.com/mirror/kserve/art-explainer', defaultImageVersion: 'latest' },
    });
  });

  test('signs with the platform’s issuer, and with one of its own where it stands alone', () => {
    expect(find(assembly, 'Certificate', 'serving-cert').spec).toMatchObject({
      issuerRef: { kind: 'ClusterIssuer', name: 'kubeflow-self-signing-issuer' },
    });
    expect(assembly.model.manifests.filter(({ kind }) => kind === 'Issuer')).toEqual([]);
    const own = objects(alone());
    for (const { spec } of own.filter(({ kind }) => kind === 'Certificate'))
      expect(spec).toMatchObject({ issuerRef: { kind: 'Issuer', name: 'selfsigned-issuer' } });
    expect(own.find(({ kind }) => kind === 'Issuer')).toMatchObject({
      metadata: { name: 'selfsigned-issuer', namespace: 'kubeflow' },
      spec: { selfSigned: {} },
    });
  });

  test('runs every controller twice where availability is asked for', () => {
    const high = objects(within({ availability: 'high' }));
    const controllers = high.filter(({ kind }) => kind === 'Deployment') as unknown as Deployment[];
    expect(controllers).toHaveLength(2);
    for (const { spec } of controllers) {
      expect(spec?.replicas).toBe(2);
      expect(spec?.template.spec?.containers[0]?.args).toContain('--leader-elect');
    }
    expect(high.filter(({ kind }) => kind === 'PodDisruptionBudget')).toHaveLength(2);
  });

  test('needs cert-manager, and says for what', () => {
    const error = thrown(() => assembledPlatform({ components: { kubeflowNamespace: {}, kserve: {} } }));
    expect(error.message).toContain('kserve needs cert-manager for the certificates of its webhooks');
  });

  test('tells its programs how much to log, in the words that they take', () => {
    const levels = (of: KServe) => [...toYaml(objects(of)).matchAll(/--zap-log-level=(\S+)/g)].map(([, level]) => level);
    expect(levels(alone())).toEqual([]);
    expect(levels(alone({ logLevel: 5, localModel: {} }))).toEqual(['5', '5', '5', '5']);
    expect(levels(alone({ logLevel: 0 }))).toEqual(['error', 'error']);
    expect(levels(within({ availability: 'single', verbosity: 3 }))).toEqual(['3', '3']);
    expect(thrown(() => alone({ logLevel: 11 })).message).toContain('logLevel is 11, must be a whole number from 0 to 10');
  });

  test('tells everything that is wrong at once', () => {
    const { message } = thrown(() =>
      alone({
        deploymentMode: 'Serverless' as 'Knative',
        urls: { domain: 'Example' },
        servingRuntimes: { without: ['x' as never] },
      }),
    );
    expect(message).toContain('team/kserve: the deploymentMode is "Serverless", must be Standard or Knative; ');
    expect(message).toContain('the domain "Example" is no DNS name');
    expect(message).toContain('there is no serving runtime "x" to leave out');
  });
});

describe('what controllers are told', () => {
  test('is the release’s unless an option or the configuration says otherwise', () => {
    const kserve = alone({
      storageInitializer: { resources: { memoryLimit: '4Gi' }, modelcar: false },
      configuration: {
        logger: { defaultUrl: 'http://log.example.com' },
        credentials: { s3: { s3Region: 'eu-central-1' } },
        deploy: { deploymentRolloutStrategy: { defaultRollout: { maxSurge: '1', maxUnavailable: '0' } } },
        multiNode: { customGPUResourceTypeList: ['example.com/gpu'] },
      },
    });
    expect(configured(kserve, 'logger')).toMatchObject({ image: 'kserve/agent:v0.18.0', defaultUrl: 'http://log.example.com' });
    expect(configured(kserve, 'credentials')).toMatchObject({
      storageSpecSecretName: 'storage-config',
      s3: { s3Region: 'eu-central-1', s3AccessKeyIDName: 'AWS_ACCESS_KEY_ID' },
    });
    expect(configured(kserve, 'deploy')).toEqual({
      defaultDeploymentMode: 'Standard',
      deploymentRolloutStrategy: { defaultRollout: { maxSurge: '1', maxUnavailable: '0' } },
    });
    expect(configured(kserve, 'multiNode')).toEqual({ customGPUResourceTypeList: ['example.com/gpu'] });
    expect(configured(kserve, 'storageInitializer')).toMatchObject({
      cpuLimit: '1',
      memoryLimit: '4Gi',
      enableModelcar: false,
    });
  });

  test('the storage initializer is one, in the configuration and in the storage container', () => {
    const assembly = serving({
      storageInitializer: { image: 'example.com/loader:1', resources: { cpuRequest: '1' } },
      storageContainers: {
        registry: {
          container: { name: 'storage-initializer', image: 'example.com/registry:1' },
          supportedUriFormats: [{ prefix: 'model-registry://' }],
        },
      },
    });
    expect(errors(assembly)).toEqual([]);
    expect(find(assembly, 'ClusterStorageContainer', 'default').spec).toMatchObject({
      container: { image: 'example.com/loader:1', resources: { requests: { cpu: '1', memory: '100Mi' } } },
    });
    expect(configured(assembly.model.manifests, 'storageInitializer')).toMatchObject({
      image: 'example.com/loader:1',
      cpuRequest: '1',
    });
    expect(configured(assembly.model.manifests, 'localModel')).toMatchObject({ defaultJobImage: 'example.com/loader:1' });
    expect(find(assembly, 'ClusterStorageContainer', 'registry').spec).toMatchObject({
      supportedUriFormats: [{ prefix: 'model-registry://' }],
    });
  });

  test('a CA bundle has to be there', () => {
    const props = { storageInitializer: { caBundle: { configMap: 'our-ca' } } };
    expect(errors(serving(props))).toEqual([
      'kubeflow/kserve: storageInitializer.caBundle names ConfigMap kubeflow/our-ca, which nothing in the model provides; add it, or declare it as existing',
    ]);
  });

  test('a misspelt field of a runtime is refused', () => {
    const spec = { containers: [{ name: 'kserve-container', image: 'example.com/own:1' }], protocolVersion: ['v2'] };
    expect(errors(serving({ servingRuntimes: { own: { own: spec as never } } })).join()).toContain('spec.protocolVersion');
  });
});
