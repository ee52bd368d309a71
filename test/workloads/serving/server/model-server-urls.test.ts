import {
  type DeploymentMode,
  GraphNode,
  GraphStep,
  InferenceGraph,
  Knative,
  KServe,
  Model,
  ModelRuntime,
  ModelServer,
  type ModelServerProps,
} from '../../../../lib';
import { assembled, errors, teamChart, thrown } from '../../../support/app';

const image = 'ghcr.io/my-org/server:1.0';
const model = Model.sklearn('s3://bucket/iris');
const standard = { deploymentMode: 'Standard' } as const;
const cluster = 'svc.cluster.local';

const server = (props: ModelServerProps) => new ModelServer(teamChart(), 'iris', props);

test('the Services of the components', () => {
  expect(server({ model }).services).toEqual({ predictor: 'iris-predictor' });
  expect(server({ model, transformer: { image }, explainer: { image } }).services).toEqual({
    predictor: 'iris-predictor',
    transformer: 'iris-transformer',
    explainer: 'iris-explainer',
  });
});

describe('inside the cluster', () => {
  test.each<[string, ModelServerProps, string | undefined]>([
    ['none without an explainer', { model }, undefined],
    ['the routes of Knative', { model, explainer: { image } }, `http://iris.team.${cluster}/v1/models/iris:explain`],
    [
      'the Service of the explainer in Standard mode',
      { model, ...standard, explainer: { image } },
      `http://iris-explainer.team.${cluster}/v1/models/iris:explain`,
    ],
  ])('explanations: %s', (_title, props, url) => {
    expect(server(props).explainUrl).toBe(url);
  });

  test.each<[string, ModelServerProps, string | undefined]>([
    ['no other protocol', { model }, undefined],
    ['a protocol of gRPC alone opens no port', { model: Model.onnx('s3://b/m', { protocol: 'grpc-v2' }) }, undefined],
    [
      'a transformer in the same pods is the one that is asked',
      { image, ports: [{ name: 'h2c', containerPort: 9000 }], colocatedTransformer: { image, ports: [{ containerPort: 8080 }] } },
      undefined,
    ],
    ['a first port called h2c', { image, ports: [{ name: 'h2c', containerPort: 9000 }] }, `iris.team.${cluster}:80`],
    [
      'the transformer, where there is one',
      { model, ...standard, transformer: { image, ports: [{ name: 'h2c', containerPort: 9000 }] } },
      `iris-transformer.team.${cluster}:80`,
    ],
    [
      'not the predictor behind a transformer',
      { model: Model.onnx('s3://b/m', { protocol: 'grpc-v2' }), transformer: { image } },
      undefined,
    ],
  ])('gRPC: %s', (_title, props, address) => {
    expect(server(props).grpcAddress).toBe(address);
  });

  test('predictions of a program of one’s own follow its PROTOCOL', () => {
    expect(server({ image, env: { PROTOCOL: 'v2' } }).predictUrl).toContain('/v2/models/iris/infer');
    expect(server({ image }).predictUrl).toContain('/v1/models/iris:predict');
  });
});

describe('at the gateway', () => {
  test('with the forms of the release, for a domain', () => {
    expect(server({ model, explainer: { image } }).outside({ domain: 'example.com' })).toEqual({
      host: 'iris.team.example.com',
      url: 'http://iris.team.example.com',
      predictUrl: 'http://iris.team.example.com/v1/models/iris:predict',
      explainUrl: 'http://iris.team.example.com/v1/models/iris:explain',
    });
    expect(server({ model, ...standard }).outside({ domain: 'example.com' }).host).toBe('iris-team.example.com');
  });

  test.each<[string, string, string, ModelServerProps, string]>([
    ['without the predictor', 'iris', 'team', { model }, 'iris.team.example.com'],
    ['without the transformer', 'iris', 'team', { model, transformer: { image } }, 'iris.team.example.com'],
    // As KServe takes the component out of the host: the first time that it is found, and not at all beside "-default".
    ['where the name has it, too', 'my-predictor-v2', 'team', { model }, 'my-v2-predictor.team.example.com'],
    ['where the namespace is called so', 'iris', 'kubeflow-default', { model }, 'iris-predictor.kubeflow-default.example.com'],
  ])('of Knative: %s', (_title, name, namespace, props, host) => {
    expect(new ModelServer(teamChart({ namespace }), name, props).hostname('example.com')).toBe(host);
  });

  test('of a Knative whose domain and form are said', () => {
    const chart = teamChart();
    KServe.existing(chart, {
      urls: { domain: 'example.org', scheme: 'https', domainTemplate: '{{ .Name }}', pathTemplate: '/m/{{ .Name }}' },
    });
    Knative.existing(chart, { domain: 'knative.example.org', domainTemplate: '{{.Name}}-{{.Namespace}}.{{.Domain}}' });
    const made = new ModelServer(chart, 'iris', { model });
    expect(made.outside()).toMatchObject({ host: 'iris-team.knative.example.org', pathUrl: 'https://example.org/m/iris' });
    expect(thrown(() => new ModelServer(chart, 'a'.repeat(49), { model })).message).toContain('1 characters too long');
  });

  test('where a mesh gives servers no host of their own, they have that of their component', () => {
    const chart = teamChart();
    KServe.existing(chart, { virtualHosts: false });
    const made = new ModelServer(chart, 'iris', { model, explainer: { image } });
    expect(made.url).toBe(`http://iris-predictor.team.${cluster}`);
    expect(made.explainUrl).toBe(`http://iris-explainer.team.${cluster}/v1/models/iris:explain`);
    expect(made.hostname('example.com')).toBe('iris-predictor.team.example.com');
  });

  test('the port of gRPC is asked for no prediction over HTTP', () => {
    const grpc = server({ image, ports: [{ name: 'h2c', containerPort: 9000 }] });
    expect(thrown(() => grpc.predictUrl).message).toContain('team/iris: its first port, h2c, speaks gRPC, not HTTP');
    expect(grpc.outside({ domain: 'example.com' })).toEqual({
      host: 'iris.team.example.com',
      url: 'http://iris.team.example.com',
    });
  });

  test('the protocol is the chosen runtime’s, and the model is called as its repository calls it', () => {
    const path = (served: Model) => server({ model: served }).predictUrl.replace(`http://iris.team.${cluster}`, '');
    expect(path(Model.onnx('s3://b/m'))).toBe('/v2/models/iris/infer');
    expect(path(Model.onnx('s3://b/m', { name: 'flowers' }))).toBe('/v2/models/flowers/infer');
    expect(path(Model.huggingface('hf://a/b'))).toBe('/v1/models/iris:predict');
    expect(path(Model.sklearn('s3://b/m', { runtime: ModelRuntime.shipped('kserve-mlserver') }))).toBe('/v2/models/iris/infer');
    expect(path(Model.pytorch('s3://b/m', { runtime: ModelRuntime.shipped('kserve-torchserve') }))).toBe(
      '/v1/models/iris:predict',
    );
  });

  test('with forms of one’s own; by path with Knative only', () => {
    const urls = {
      domain: 'models.example.com',
      scheme: 'https',
      domainTemplate: '{{ .Name }}.{{ .Namespace }}.{{.IngressDomain}}',
      pathTemplate: '/{{ .Namespace }}/{{ .Name }}',
    } as const;
    const outside = (deploymentMode: DeploymentMode) => server({ model, deploymentMode }).outside(urls);
    expect(outside('Knative')).toEqual({
      host: 'iris.team.models.example.com',
      url: 'https://iris.team.models.example.com',
      predictUrl: 'https://iris.team.models.example.com/v1/models/iris:predict',
      pathUrl: 'https://models.example.com/team/iris',
      pathPredictUrl: 'https://models.example.com/team/iris/v1/models/iris:predict',
    });
    expect(outside('Standard')).not.toHaveProperty('pathUrl');
  });

  test('with those that are declared for the cluster, to which names are held, too', () => {
    const chart = teamChart();
    const domainTemplate = '{{ .Name }}.{{ .Namespace }}.{{ .IngressDomain }}';
    KServe.existing(chart, {
      urls: { domain: 'example.org', scheme: 'https', domainTemplate, pathTemplate: '/m/{{ .Name }}' },
    });
    const made = new ModelServer(chart, 'iris', { model });
    expect(made.outside().pathUrl).toBe('https://example.org/m/iris');
    expect(made.gatewayPath).toBe('/m/iris');
    expect(made.hostname('example.net')).toBe('iris.team.example.net');
    expect(new ModelServer(chart, 'a'.repeat(53), { model, ...standard }).name).toHaveLength(53);
    expect(thrown(() => new ModelServer(chart, 'a'.repeat(54), { model, ...standard })).message).toContain(
      '1 characters too long',
    );
  });

  test('not without a domain, and not for a server that only the cluster reaches', () => {
    expect(thrown(() => server({ model }).outside()).message).toContain('team/iris: no platform around it has a gateway');
    const hidden = server({ model, visibility: 'cluster-local' });
    expect(thrown(() => hidden.outside({ domain: 'example.com' })).message).toContain('nobody outside reaches it');
  });
});

describe('a mesh that refuses what no policy allows', () => {
  const policies = (props: ModelServerProps) => {
    const assembly = assembled(server(props));
    expect(errors(assembly)).toEqual([]);
    return assembly.model.manifests.filter(({ kind }) => kind === 'AuthorizationPolicy');
  };

  test('lets requests through where a server is exposed, and only there', () => {
    expect(policies({ model })).toEqual([]);
    expect(policies({ model, expose: false })).toEqual([]);
    expect(policies({ model, expose: true }).map(({ spec }) => spec)).toEqual([
      { action: 'ALLOW', selector: { matchLabels: { 'serving.knative.dev/service': 'iris-predictor' } }, rules: [{}] },
    ]);
  });

  test('does so at the components at which requests come in, by the labels of their mode', () => {
    const selected = policies({ model, ...standard, expose: true, transformer: { image }, explainer: { image } }).map(
      ({ spec }) => (spec as { selector: { matchLabels: object } }).selector.matchLabels,
    );
    expect(selected).toEqual([{ app: 'isvc.iris-transformer' }, { app: 'isvc.iris-explainer' }]);
  });

  test('does so for graphs, too', () => {
    const chart = teamChart();
    new InferenceGraph(chart, 'garden', { nodes: { root: GraphNode.sequence(GraphStep.server('iris')) }, expose: true });
    const [policy] = assembled(chart).model.manifests.filter(({ kind }) => kind === 'AuthorizationPolicy');
    expect(policy).toMatchObject({
      metadata: { name: 'garden-exposed' },
      spec: { action: 'ALLOW', selector: { matchLabels: { 'serving.kserve.io/inferencegraph': 'garden' } } },
    });
  });
});
