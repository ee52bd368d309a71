import fc from 'fast-check';
import { Existing, Kind, KServeIngress, type ModelUrls } from '../../../lib';
import { errors, thrown } from '../../support/app';
import { alone, configured, MESH, serving } from './support';

const GATEWAY = Kind.unknown('gateway.networking.k8s.io/v1', 'Gateway', 'gateways', 'Namespaced');

describe('KServeIngress', () => {
  test('without one models are reached from inside the cluster', () => {
    const assembly = alone();
    expect(configured(assembly, 'deploy')).toEqual({ defaultDeploymentMode: 'Standard' });
    expect(configured(assembly, 'ingress')).toMatchObject({
      enableGatewayApi: false,
      disableIngressCreation: true,
      disableIstioVirtualHost: true,
    });
  });

  test('makes Ingresses of a class', () => {
    const assembly = alone({ ingress: KServeIngress.kubernetes('nginx') });
    expect(configured(assembly, 'ingress')).toMatchObject({
      ingressClassName: 'nginx',
      enableGatewayApi: false,
      disableIngressCreation: false,
    });
    expect(thrown(() => alone({ ingress: KServeIngress.kubernetes('') })).message).toContain('the ingress class is empty');
  });

  test('makes routes of a Gateway that is there', () => {
    const ingress = KServeIngress.gatewayApi('gateways/models');
    expect(errors(serving({ ingress }))).toEqual([
      expect.stringContaining('ingress names CustomResourceDefinition httproutes.gateway.networking.k8s.io, which nothing'),
      expect.stringContaining('ingress names Gateway gateways/models, which nothing'),
    ]);
    const objects = [Existing.definitions('gateway.networking.k8s.io'), Existing.object(GATEWAY, 'models', 'gateways')];
    const assembly = serving({ ingress }, { objects });
    expect(errors(assembly)).toEqual([]);
    expect(configured(assembly.model.manifests, 'ingress')).toMatchObject({
      enableGatewayApi: true,
      kserveIngressGateway: 'gateways/models',
    });
  });

  test('takes the gateway of the platform’s mesh', () => {
    const knative = Existing.definitions('serving.knative.dev');
    const assembly = serving({ deploymentMode: 'Knative' }, { istio: MESH, objects: [knative] });
    expect(errors(assembly)).toEqual([]);
    expect(configured(assembly.model.manifests, 'ingress')).toMatchObject({
      ingressGateway: 'kubeflow/kubeflow-gateway',
      localGateway: 'knative-serving/knative-local-gateway',
      disableIstioVirtualHost: false,
    });
  });

  test('needs Knative for its mode and a mesh for its gateway, and an ingress that serves the mode', () => {
    expect(errors(serving({ deploymentMode: 'Knative', ingress: KServeIngress.istio(MESH) }))).toEqual([
      'kubeflow/kserve: ingress names CustomResourceDefinition virtualservices.networking.istio.io, which nothing in the model provides; install components.istio of a KubeflowPlatform, or declare it as existing',
      'kubeflow/kserve: deploymentMode Knative names CustomResourceDefinition services.serving.knative.dev, which nothing in the model provides; install it and say existing.knative of a KubeflowPlatform, or declare it as existing',
    ]);
    const { message } = thrown(() => alone({ deploymentMode: 'Knative', ingress: KServeIngress.kubernetes('nginx') }));
    expect(message).toContain('Ingresses of the class nginx serves models of the mode Standard only');
  });

  test.each(['models', 'a/b/c', 'a/', '/b', 'A/b', ''])('refuses the gateway %j', (gateway) => {
    for (const ingress of [KServeIngress.gatewayApi(gateway), KServeIngress.istio({ gateway })])
      expect(thrown(() => alone({ ingress })).message).toContain(
        `the gateway is ${JSON.stringify(gateway)}, must be namespace/name`,
      );
  });
});

describe('URLs of models', () => {
  const problems = (urls: ModelUrls) => thrown(() => alone({ urls })).message;

  test('come from the options', () => {
    const urls = {
      domain: 'models.example.org',
      additionalDomains: ['m.example.org'],
      domainTemplate: '{{ .Name }}.{{ .Namespace }}.{{ .IngressDomain }}',
      pathTemplate: '/m/{{.Namespace}}/{{.Name}}',
      scheme: 'https',
    } as const;
    expect(configured(alone({ urls }), 'ingress')).toMatchObject({
      ingressDomain: 'models.example.org',
      additionalIngressDomains: ['m.example.org'],
      domainTemplate: urls.domainTemplate,
      pathTemplate: urls.pathTemplate,
      urlScheme: 'https',
    });
  });

  test('must differ from model to model', () => {
    expect(problems({ domainTemplate: '{{ .Name }}.{{ .IngressDomain }}' })).toContain('must contain {{ .Namespace }}');
    expect(problems({ pathTemplate: '/{{ .Namespace }}' })).toContain('must contain {{ .Name }}');
    expect(problems({ pathTemplate: '{{ .Namespace }}/{{ .Name }}' })).toContain('must begin with /');
  });

  test('have domains that DNS allows', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(alone({ urls: { domain: domain.toLowerCase() } })).toBeDefined();
        expect(problems({ additionalDomains: [`${domain}.`] })).toContain('is no DNS name');
      }),
      { numRuns: 15 },
    );
  });
});
