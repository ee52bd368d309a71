import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { apps, batch, core } from '../../../crds-imports';
import { catalogue, KubeflowPlatform, kubeflow } from '../../../lib';
import { Assembly, type Body, Image, type ImageSettings, Images, Kind, KubeObject, type Manifest } from '../../../lib/core';
import { FACTS } from '../../../lib/kinds';
import { upstreamExample } from '../../conformance/stack';
import { assembled, errors, teamChart, thrown } from '../../support/app';
import { assembledPlatform, GROUND } from '../../support/platform';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const SERVER = 'quay.io/team/server:v1';
const AGENT = 'kserve/agent:v0.18.0';
const PINNED = `gcr.io/team/pinned@${DIGEST}`;
const RELEASE = [SERVER, AGENT, PINNED, 'mysql:8.0', 'mysql:8.4'].map(Image.of);

/** A chart with image settings, and a Deployment that names images in many places. */
function settled(settings: ImageSettings, release: readonly Image[] = RELEASE): Chart {
  const chart = teamChart();
  Images.settle(chart, release, settings);
  new KubeObject(chart, 'server', apps.deployments, {
    metadata: { name: 'server', labels: { image: 'mysql' } },
    spec: {
      selector: { matchLabels: { app: 'server' } },
      template: {
        metadata: { labels: { app: 'server' } },
        spec: {
          initContainers: [{ name: 'init', image: 'mysql:8.0', imagePullPolicy: 'IfNotPresent' }],
          containers: [
            {
              name: 'server',
              image: SERVER,
              args: [`--agent=${AGENT}`, '--db=mysql:3306'],
              env: [{ name: 'PINNED', value: PINNED }],
            },
            { name: 'own', image: 'example.com/own/tool:2' },
          ],
        },
      },
    },
  });
  new KubeObject(chart, 'config', core.configmaps, {
    metadata: { name: 'config' },
    data: { 'config.json': JSON.stringify({ agent: { image: AGENT }, docs: `https://quay.io/team/server:v1` }) },
  });
  return chart;
}

/** The images of a chart by what stands before them in its objects. */
function images(chart: Chart): string[] {
  return assembled(chart).images.map(({ image }) => image);
}

function deployment(chart: Chart): { spec: { template: { spec: core.PodSpec } } } {
  return (chart.node.findChild('server') as KubeObject).toJson() as unknown as { spec: { template: { spec: core.PodSpec } } };
}

const UNSETTLED = ['example.com/own/tool:2', PINNED, AGENT, 'mysql:8.0', SERVER];

describe('the images of a model', () => {
  test('are those of the release, and the own ones', () => {
    expect(assembled(settled({})).images).toStrictEqual([
      {
        image: 'example.com/own/tool:2',
        origin: 'example.com/own/tool:2',
        ofRelease: false,
        places: ['team/server: spec.template.spec.containers[1].image'],
      },
      { image: PINNED, origin: PINNED, ofRelease: true, places: ['team/server: spec.template.spec.containers[0].env[0].value'] },
      {
        image: AGENT,
        origin: AGENT,
        ofRelease: true,
        places: ['team/server: spec.template.spec.containers[0].args[0]', 'team/config: data["config.json"]'],
      },
      {
        image: 'mysql:8.0',
        origin: 'mysql:8.0',
        ofRelease: true,
        places: ['team/server: spec.template.spec.initContainers[0].image'],
      },
      { image: SERVER, origin: SERVER, ofRelease: true, places: ['team/server: spec.template.spec.containers[0].image'] },
    ]);
    expect(images(settled({}))).toStrictEqual(UNSETTLED);
  });

  test('are listed without settings, too, as far as fields name them', () => {
    const chart = teamChart();
    new KubeObject(chart, 'pod', core.pods, {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'a/b:1', args: ['c/d:1'] }] },
    });
    expect(assembled(chart).images).toStrictEqual([
      { image: 'a/b:1', origin: 'a/b:1', ofRelease: false, places: ['team/pod: spec.containers[0].image'] },
    ]);
  });

  test('are listed as they are deployed, still known as those of the release', () => {
    const listed = assembled(
      settled({ registry: 'mirror.example.com/x', overrides: { 'mysql:8.0': 'db.example.com/mysql:8' } }),
    ).images;
    expect(listed.map(({ image, origin, ofRelease }) => [image, origin, ofRelease])).toStrictEqual([
      ['db.example.com/mysql:8', 'db.example.com/mysql:8', true],
      ['example.com/own/tool:2', 'example.com/own/tool:2', false],
      ['mirror.example.com/x/kserve/agent:v0.18.0', AGENT, true],
      [`mirror.example.com/x/team/pinned@${DIGEST}`, PINNED, true],
      ['mirror.example.com/x/team/server:v1', SERVER, true],
    ]);
  });

  test('keep the digest that they are copied by', () => {
    const digests = { [SERVER]: DIGEST };
    const [server] = assembled(settled({ registry: 'mirror.example.com', digests })).images.filter(({ image }) =>
      image.includes('server'),
    );
    expect(server).toMatchObject({ image: `mirror.example.com/team/server:v1@${DIGEST}`, origin: `${SERVER}@${DIGEST}` });
  });
});

describe('a mirror', () => {
  test('serves the images of the release, wherever they are named, and nothing else', () => {
    const chart = settled({ registry: 'mirror.example.com/x' });
    const { initContainers = [], containers } = deployment(chart).spec.template.spec;
    expect(initContainers[0]?.image).toBe('mirror.example.com/x/library/mysql:8.0');
    expect(containers[0]).toMatchObject({
      image: 'mirror.example.com/x/team/server:v1',
      args: ['--agent=mirror.example.com/x/kserve/agent:v0.18.0', '--db=mysql:3306'],
      env: [{ name: 'PINNED', value: `mirror.example.com/x/team/pinned@${DIGEST}` }],
    });
    expect(containers[1]?.image).toBe('example.com/own/tool:2');
    expect((chart.node.findChild('config') as KubeObject).toJson().data).toStrictEqual({
      'config.json': '{"agent":{"image":"mirror.example.com/x/kserve/agent:v0.18.0"},"docs":"https://quay.io/team/server:v1"}',
    });
    expect((chart.node.findChild('server') as KubeObject).toJson().metadata.labels).toStrictEqual({ image: 'mysql' });
  });

  test('may be one for each host', () => {
    expect(
      images(settled({ registry: { 'quay.io': 'mirror.example.com/quay', 'docker.io': 'mirror.example.com/hub' } })),
    ).toStrictEqual([
      'example.com/own/tool:2',
      PINNED,
      'mirror.example.com/hub/kserve/agent:v0.18.0',
      'mirror.example.com/hub/library/mysql:8.0',
      'mirror.example.com/quay/team/server:v1',
    ]);
  });

  test('serves own images on request', () => {
    expect(images(settled({ registry: 'mirror.example.com', rewriteOwn: true }))).toContain('mirror.example.com/own/tool:2');
    expect(images(settled({ registry: { 'example.com': 'mirror.example.com' }, rewriteOwn: true }))).toStrictEqual([
      PINNED,
      AGENT,
      'mirror.example.com/own/tool:2',
      'mysql:8.0',
      SERVER,
    ]);
  });

  test('of a host that no image comes from is refused', () => {
    expect(() => settled({ registry: { 'quay.oi': 'mirror.example.com' } })).toThrow(
      'team: images: no image of the release comes from quay.oi; they come from docker.io, gcr.io, quay.io',
    );
    // Own images may come from anywhere.
    expect(() => settled({ registry: { 'quay.oi': 'mirror.example.com' }, rewriteOwn: true })).not.toThrow();
  });

  test('in which two images would be one is refused', () => {
    const twins = [...RELEASE, Image.of('docker.io/team/server:v9')];
    expect(() => settled({ registry: 'mirror.example.com' }, twins)).toThrow(
      'team: images: quay.io/team/server and docker.io/team/server would both become mirror.example.com/team/server; give each registry a mirror of its own',
    );
    const apart = { 'quay.io': 'mirror.example.com/quay', 'docker.io': 'mirror.example.com/hub' };
    expect(() => settled({ registry: apart }, twins)).not.toThrow();
    expect(() =>
      settled({ registry: 'mirror.example.com', overrides: { 'quay.io/team/server': 'other.example.com/s:1' } }, twins),
    ).not.toThrow();
  });

  test('in which an own image would be one of the release is refused', () => {
    const chart = settled({ registry: 'mirror.example.com', rewriteOwn: true });
    new KubeObject(chart, 'pod', core.pods, {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'example.com/team/server:v1' }] },
    });
    expect(errors(assembled(chart))).toStrictEqual([
      'team/pod: Pod p: quay.io/team/server and example.com/team/server would both become mirror.example.com/team/server; give each registry a mirror of its own',
    ]);
  });

  test('has room for the whole release', () => {
    const chart = teamChart();
    expect(() => Images.settle(chart, catalogue, { registry: 'mirror.example.com' })).not.toThrow();
    expect(catalogue.length).toBeGreaterThan(100);
  });

  test.each(['mirror', 'https://mirror.example.com', 'mirror.example.com/'])('called %j is refused', (registry) => {
    expect(() => settled({ registry })).toThrow(
      `team: images: the registry ${JSON.stringify(registry)} is no host with an optional port and path`,
    );
  });
});

describe('an override', () => {
  test('is for every version of a repository, and taken as it is written', () => {
    const chart = settled({
      registry: 'mirror.example.com',
      overrides: { 'quay.io/team/server': 'own.example.com/server:v1-patched' },
    });
    expect(images(chart)).toContain('own.example.com/server:v1-patched');
  });

  test('may be for one tag, and goes before one for the repository', () => {
    const chart = settled({
      overrides: { mysql: 'own.example.com/mysql:any', 'docker.io/library/mysql:8.0': 'own.example.com/mysql:8' },
    });
    new KubeObject(chart, 'other', batch.jobs, {
      metadata: { name: 'j' },
      spec: { template: { spec: { containers: [{ name: 'c', image: 'mysql:8.4' }] } } },
    });
    expect(images(chart).filter((image) => image.includes('mysql'))).toStrictEqual([
      'own.example.com/mysql:8',
      'own.example.com/mysql:any',
    ]);
  });

  test('may be for an own image', () => {
    expect(images(settled({ overrides: { 'example.com/own/tool': 'example.com/own/tool:3' } }))).toContain(
      'example.com/own/tool:3',
    );
  });

  test('of an image that the model does not have is an error with the nearest one', () => {
    expect(errors(assembled(settled({ overrides: { 'quay.io/team/sever': 'a/b:1', 'mysql:8.4': 'a/b:1' } })))).toStrictEqual([
      'team: images: no image of the model is quay.io/team/sever; did you mean quay.io/team/server?',
      'team: images: no image of the model is docker.io/library/mysql:8.4; did you mean docker.io/library/mysql:8.0?',
    ]);
  });

  test('that is no image reference is refused', () => {
    expect(() => settled({ overrides: { 'quay.io/team/server': 'not an image' } })).toThrow(
      'team: images: "not an image" is no image reference',
    );
    expect(() => settled({ overrides: { 'not an image': SERVER } })).toThrow(
      'team: images: "not an image" is no image reference',
    );
  });
});

describe('a digest', () => {
  test('pins the image that has the tag, in the mirror too', () => {
    expect(images(settled({ digests: { [SERVER]: DIGEST } }))).toContain(`${SERVER}@${DIGEST}`);
    expect(images(settled({ digests: { [SERVER]: DIGEST }, registry: 'mirror.example.com' }))).toContain(
      `mirror.example.com/team/server:v1@${DIGEST}`,
    );
  });

  test('of an image that the model does not have is an error', () => {
    expect(errors(assembled(settled({ digests: { 'quay.io/team/server:v2': DIGEST } })))).toStrictEqual([
      'team: images: no image of the model is quay.io/team/server:v2; did you mean quay.io/team/server:v1?',
    ]);
  });

  test('that is none is refused', () => {
    expect(() => settled({ digests: { [SERVER]: 'sha256:short' } })).toThrow(
      `team: images: the digest of ${SERVER} is "sha256:short", must be sha256: and 64 hexadecimal digits`,
    );
  });

  test('of an image that is overridden is refused', () => {
    expect(() => settled({ digests: { [SERVER]: DIGEST }, overrides: { 'quay.io/team/server': 'a/b:1' } })).toThrow(
      `team: images: ${SERVER} is replaced by a/b:1; give the digest there`,
    );
  });
});

describe('pulling', () => {
  test('takes the secrets of every pod, besides its own', () => {
    const chart = settled({ pullSecrets: ['registry', 'other'] });
    const pod = { imagePullSecrets: [{ name: 'own' }, { name: 'registry' }], containers: [{ name: 'c', image: 'i' }] };
    new KubeObject(chart, 'job', kubeflow.pytorchjobs, {
      metadata: { name: 'job' },
      spec: { pytorchReplicaSpecs: { Master: { template: { spec: pod } } } },
    });
    const job = (chart.node.findChild('job') as KubeObject).toJson() as unknown as {
      spec: { pytorchReplicaSpecs: { Master: { template: { spec: core.PodSpec } } } };
    };
    expect(job.spec.pytorchReplicaSpecs.Master.template.spec.imagePullSecrets).toStrictEqual([
      { name: 'own' },
      { name: 'registry' },
      { name: 'other' },
    ]);
    expect(deployment(chart).spec.template.spec.imagePullSecrets).toStrictEqual([{ name: 'registry' }, { name: 'other' }]);
    expect(pod.imagePullSecrets).toHaveLength(2);
  });

  test('has one policy for every container', () => {
    const { initContainers = [], containers } = deployment(settled({ pullPolicy: 'Always' })).spec.template.spec;
    expect([...initContainers, ...containers].map(({ imagePullPolicy }) => imagePullPolicy)).toStrictEqual([
      'Always',
      'Always',
      'Always',
    ]);
  });

  test('is as each component says, when nothing is settled', () => {
    const { initContainers = [], containers, imagePullSecrets } = deployment(settled({})).spec.template.spec;
    expect([...initContainers, ...containers].map(({ imagePullPolicy }) => imagePullPolicy)).toStrictEqual([
      'IfNotPresent',
      undefined,
      undefined,
    ]);
    expect(imagePullSecrets).toBeUndefined();
  });
});

describe('settings', () => {
  test('nearest to an object hold', () => {
    const app = new App();
    const outer = new Construct(app, 'outer');
    Images.settle(outer, RELEASE, { registry: 'outer.example.com' });
    const chart = new Chart(outer, 'chart', { namespace: 'team' });
    const inner = new Construct(chart, 'inner');
    Images.settle(inner, RELEASE, { registry: 'inner.example.com' });
    const spec = { containers: [{ name: 'c', image: SERVER }] };
    for (const scope of [chart, inner]) new KubeObject(scope, 'pod', core.pods, { metadata: { name: scope.node.id }, spec });
    expect(images(chart)).toStrictEqual(['inner.example.com/team/server:v1', 'outer.example.com/team/server:v1']);
    expect(Images.of(app)).toBeUndefined();
  });

  test('hold for plain cdk8s, too', () => {
    const chart = settled({ registry: 'mirror.example.com' });
    expect(JSON.stringify(chart.toJson())).toContain('"image":"mirror.example.com/team/server:v1"');
  });

  test('leave definitions alone', () => {
    const chart = teamChart();
    Images.settle(chart, RELEASE, { registry: 'mirror.example.com' });
    const type = Kind.unknown('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'Cluster');
    const body = { metadata: { name: 'a.b.c' }, spec: { image: SERVER } } as unknown as Body<Manifest>;
    expect(new KubeObject(chart, 'd', type, body).toJson().spec).toStrictEqual({ image: SERVER });
  });
});

describe('the stack of the conformance test', () => {
  const release = [...catalogue].filter(({ tag }) => tag);
  const upstream = Assembly.of(upstreamExample(), { facts: FACTS });
  const mirrored = Assembly.of(upstreamExample({ registry: 'mirror.example.com' }), { facts: FACTS });
  const text = ({ plan }: Assembly) => JSON.stringify(plan.objects.filter(({ kind }) => kind !== 'CustomResourceDefinition'));

  test('names images of the release, and the listing has whatever its objects name', () => {
    const listed = new Set(upstream.images.map(({ image }) => image));
    const named = release
      .map(String)
      .filter((image) => text(upstream).includes(`"${image}"`) || text(upstream).includes(`=${image}"`));
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter((image) => !listed.has(image))).toStrictEqual([]);
  });

  test('has them all from the mirror, on request', () => {
    expect(mirrored.images.filter(({ image, ofRelease }) => ofRelease && !image.startsWith('mirror.example.com/'))).toStrictEqual(
      [],
    );
    expect(mirrored.images.filter(({ ofRelease }) => ofRelease)).toHaveLength(
      upstream.images.filter(({ ofRelease }) => ofRelease).length,
    );
    // Wherever a path and tag of the release stands, the mirror stands before it.
    const elsewhere = (assembly: Assembly) =>
      release.filter(({ path, tag }) => new RegExp(`(?<!mirror\\.example\\.com)/${path}:${tag}\\b`).test(text(assembly)));
    expect(elsewhere(upstream).length).toBeGreaterThan(15);
    expect(elsewhere(mirrored).map(String)).toStrictEqual([]);
  });
});

test('a platform with a mirror that is no registry is refused', () => {
  const error = thrown(() => new KubeflowPlatform(new App(), 'p', { components: {}, images: { registry: 'x' } }));
  expect(error.message).toMatch(/^p: images: the registry "x"/);
});

test('a pull secret that the settings name is there, in every namespace, and is called as a Secret can be', () => {
  const assembly = assembledPlatform({ components: { ...GROUND, trainer: {} }, images: { pullSecrets: ['registry'] } });
  expect(errors(assembly)).toEqual([]);
  expect(thrown(() => settled({ pullSecrets: ['Registry'] })).message).toContain('images: of a pull secret, ');
});
