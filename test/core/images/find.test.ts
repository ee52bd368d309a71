import { Image, type Manifest } from '../../../lib/core';
import { Catalogue } from '../../../lib/core/images/catalogue';
import { findImages, mapImages } from '../../../lib/core/images/find';
import { configMap, definition, manifest, workload } from '../../support/manifests';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const RELEASE = new Catalogue(
  [
    'quay.io/team/server:v1',
    `gcr.io/team/pinned@${DIGEST}`,
    'kserve/agent:v0.18.0',
    'mysql:8.0',
    'localhost:5000/team/server:v1',
  ].map(Image.of),
);

/** Where an object names images, as `path: image`. */
function found(object: Manifest): string[] {
  return findImages(object, RELEASE).map(({ image, path }) => `${path}: ${image}`);
}

/** The images that a text in a ConfigMap names. */
function inText(text: string): string[] {
  return findImages(configMap('c', 'team', { text }), RELEASE).map(({ image }) => image.toString());
}

describe('images are found', () => {
  test('in the containers of a workload', () => {
    const pod = { initContainers: [{ name: 'init', image: 'busybox' }] };
    expect(found(workload('app', { pod }))).toStrictEqual([
      'spec.template.spec.initContainers[0].image: busybox',
      'spec.template.spec.containers[0].image: example.com/image:1',
    ]);
  });

  test('in fields that are called after one, of custom resources', () => {
    const object = manifest('example.com/v1', 'Any', 'any', 'team', {
      spec: {
        image: 'a/b:1',
        initImage: 'c/d:2',
        nested: [{ sidecar: { proxyImage: 'quay.io/e/f' } }],
        imagePullPolicy: 'Always',
        images: ['g/h:1'],
      },
    });
    expect(found(object)).toStrictEqual([
      'spec.image: a/b:1',
      'spec.initImage: c/d:2',
      'spec.nested[0].sidecar.proxyImage: quay.io/e/f',
    ]);
  });

  test('of the catalogue, in arguments and variables', () => {
    const container = {
      args: ['--solver=quay.io/team/server:v1', '--image', 'quay.io/team/server:v2', '--other=quay.io/other/server:v1'],
      env: [
        { name: 'AGENT', value: 'kserve/agent:v0.18.0' },
        { name: 'OWN', value: 'example.com/own:1' },
      ],
    };
    expect(found(workload('app', { container }))).toStrictEqual([
      'spec.template.spec.containers[0].image: example.com/image:1',
      'spec.template.spec.containers[0].args[0]: quay.io/team/server:v1',
      'spec.template.spec.containers[0].args[2]: quay.io/team/server:v2',
      'spec.template.spec.containers[0].env[0].value: kserve/agent:v0.18.0',
    ]);
  });

  test.each([
    ['alone', 'quay.io/team/server:v1', ['quay.io/team/server:v1']],
    ['in JSON', '{"image":"quay.io/team/server:v1","n":1}', ['quay.io/team/server:v1']],
    ['in YAML', 'agent:\n  image: kserve/agent:v0.18.0\n  other: 1\n', ['kserve/agent:v0.18.0']],
    [
      'in a list of several',
      'quay.io/team/server:v1, kserve/agent:v0.18.0;mysql:8.0',
      ['quay.io/team/server:v1', 'kserve/agent:v0.18.0', 'mysql:8.0'],
    ],
    ['with a digest', `pinned=gcr.io/team/pinned@${DIGEST}`, [`gcr.io/team/pinned@${DIGEST}`]],
    ['from a registry with a port', 'x=localhost:5000/team/server:v1', ['localhost:5000/team/server:v1']],
    ['at the end of a sentence', 'It runs quay.io/team/server:v1.', ['quay.io/team/server:v1']],
  ])('of the catalogue, in a text: %s', (_, text, images) => {
    expect(inText(text)).toStrictEqual(images);
  });
});

describe('no image is', () => {
  test.each([
    ['a URL', 'https://quay.io/team/server:v1'],
    ['a URL with a path', 'see https://example.com/quay.io/team/server:v1/docs'],
    ['a repository without a version', 'quay.io/team/server'],
    ['a part of a longer path', 'quay.io/team/server:v1/more'],
    ['a part of a longer repository', 'mirror/quay.io/team/server:v1'],
    ['a repository of another name', 'quay.io/team/server-two:v1'],
    ['a host and its port', 'mysql:3306'],
    ['a host and its port in a data source', 'root:test@tcp(mysql:3306)/db'],
    ['the tag of another image', 'quay.io/other/mysql:8.0'],
    ['a mail address', 'mysql@example.com'],
    ['a time', 'kserve/agent:10:30'],
  ])('%s', (_, text) => {
    expect(inText(text)).toStrictEqual([]);
  });

  test('a label, though its key is called image', () => {
    const object: Manifest = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a', labels: { image: 'mysql' } },
      spec: {
        selector: { matchLabels: { image: 'mysql' } },
        template: { metadata: { labels: { image: 'mysql' } }, spec: { nodeSelector: { image: 'mysql' } } },
      },
    };
    expect(found(object)).toStrictEqual([]);
    expect(
      found({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { selector: { image: 'mysql' } } }),
    ).toStrictEqual([]);
  });

  test('anything in a definition', () => {
    const schema = {
      properties: { image: { default: 'quay.io/team/server:v1', type: 'string' } },
      image: 'quay.io/team/server:v1',
    };
    expect(found(definition('Widget', { schema }))).toStrictEqual([]);
  });

  test('what is no text', () => {
    expect(
      found(manifest('example.com/v1', 'Any', 'a', 'team', { image: 5, spec: { image: null, initImage: { image: true } } })),
    ).toStrictEqual([]);
  });
});

describe('a replacement', () => {
  const replace = (image: Image) => (RELEASE.has(image) ? image.from('mirror.example.com') : image);

  test('changes the images, and nothing else', () => {
    const object = configMap('c', 'team', {
      json: '{"image": "kserve/agent:v0.18.0", "url": "https://quay.io/team/server:v1"}',
      untouched: 'text',
    });
    expect(mapImages(object, RELEASE, replace)).toStrictEqual(
      configMap('c', 'team', {
        json: '{"image": "mirror.example.com/kserve/agent:v0.18.0", "url": "https://quay.io/team/server:v1"}',
        untouched: 'text',
      }),
    );
  });

  test('leaves the object as it is, and shares what it does not change', () => {
    const object = workload('app', { pod: { initContainers: [{ name: 'i', image: 'quay.io/team/server:v1' }] } });
    const before = structuredClone(object);
    const mapped = mapImages(object, RELEASE, replace) as Manifest & { spec: { selector: unknown } };
    expect(object).toStrictEqual(before);
    expect(mapped).not.toBe(object);
    expect(mapped.metadata).toBe(object.metadata);
    expect(mapped.spec.selector).toBe((object.spec as { selector: unknown }).selector);
    expect(mapImages(configMap('c'), RELEASE, replace)).toEqual(configMap('c'));
    const nothing = configMap('c');
    expect(mapImages(nothing, RELEASE, replace)).toBe(nothing);
  });
});
