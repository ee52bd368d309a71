import fc from 'fast-check';
import { Image } from '../../../lib/core';

const DIGEST = `sha256:${'a'.repeat(64)}`;

const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const segment = fc
  .tuple(word, fc.array(fc.tuple(fc.constantFrom('.', '_', '__', '-', '--'), word), { maxLength: 2 }))
  .map(([first, rest]) => first + rest.flat().join(''));
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const host = fc.oneof(
  fc.constantFrom('docker.io', 'localhost', 'localhost:5000', 'Registry.Example.com', '10.0.0.1:5000'),
  fc
    .tuple(word, word, fc.option(fc.nat(65535), { nil: undefined }))
    .map(([a, b, port]) => `${a}.${b}${port === undefined ? '' : `:${port}`}`),
);
const tag = fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,20}$/);
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const parts = fc.record({ registry: host, path, tag: maybe(tag), digest: maybe(digest) });

function printed({
  registry,
  path: of,
  tag: version,
  digest: pin,
}: {
  registry: string;
  path: string;
  tag?: string;
  digest?: string;
}): string {
  return `${registry}/${of}${version ? `:${version}` : ''}${pin ? `@${pin}` : ''}`;
}

describe('a reference', () => {
  test('is read into the parts that it was printed from, and printed as it was', () => {
    fc.assert(
      fc.property(parts, (it) => {
        const image = Image.of(printed(it));
        expect(image.toString()).toBe(printed(it));
        const official = it.registry === 'docker.io' && !it.path.includes('/');
        expect({ ...image }).toMatchObject({ ...it, path: official ? `library/${it.path}` : it.path });
        expect(image.repository).toBe(`${image.registry}/${image.path}`);
      }),
    );
  });

  test('means the same when its parts are written out', () => {
    fc.assert(
      fc.property(parts, (it) => {
        const image = Image.of(printed(it));
        const again = Image.of(printed({ registry: image.registry, path: image.path, tag: image.tag, digest: image.digest }));
        expect([again.repository, again.version]).toStrictEqual([image.repository, image.version]);
      }),
    );
  });

  test.each([
    ['mysql', 'docker.io/library/mysql', undefined],
    ['mysql:8.0', 'docker.io/library/mysql', '8.0'],
    ['docker.io/mysql:8.0', 'docker.io/library/mysql', '8.0'],
    ['docker.io/library/mysql:8.0', 'docker.io/library/mysql', '8.0'],
    ['index.docker.io/library/mysql:8.0', 'docker.io/library/mysql', '8.0'],
    ['kserve/agent:v0.18.0', 'docker.io/kserve/agent', 'v0.18.0'],
    ['localhost/agent', 'localhost/agent', undefined],
    ['localhost:5000/agent', 'localhost:5000/agent', undefined],
    ['registry.example.com/a/b/c:1', 'registry.example.com/a/b/c', '1'],
    [
      `gcr.io/knative-releases/knative.dev/serving/cmd/queue@${DIGEST}`,
      'gcr.io/knative-releases/knative.dev/serving/cmd/queue',
      undefined,
    ],
  ])('%s is of the repository %s', (reference, repository, version) => {
    const image = Image.of(reference);
    expect([image.repository, image.tag]).toStrictEqual([repository, version]);
  });

  test.each([
    '',
    ' ',
    'two words',
    'Upper/case',
    'registry.example.com/Upper',
    'https://registry.example.com/a:1',
    's3://bucket/path',
    'a:b:c',
    'a:b/c',
    'C:/folder',
    'registry.example.com:port/a',
    'a@sha256:abc',
    'a//b',
    '/a',
    'a/',
    'a-',
    '-a',
    `a:${'x'.repeat(129)}`,
    '$(IMAGE)',
  ])('%j is none', (text) => {
    expect(Image.parse(text)).toBeUndefined();
    expect(() => Image.of(text)).toThrow(`${JSON.stringify(text)} is no image reference ([registry/]path[:tag][@sha256:digest])`);
  });
});

describe('the version of an image', () => {
  test.each([
    ['quay.io/a/b:1', 'quay.io/a/b:1'],
    [`quay.io/a/b:1@${DIGEST}`, 'quay.io/a/b:1'],
    [`quay.io/a/b@${DIGEST}`, `quay.io/a/b@${DIGEST}`],
    ['quay.io/a/b', 'quay.io/a/b:latest'],
    ['b:1', 'docker.io/library/b:1'],
  ])('%s is %s', (reference, version) => {
    expect(Image.of(reference).version).toBe(version);
  });
});

describe('an image is changed', () => {
  test('by a digest, which replaces another one', () => {
    const pinned = Image.of('quay.io/a/b:1').withDigest(DIGEST);
    expect(pinned.toString()).toBe(`quay.io/a/b:1@${DIGEST}`);
    expect(pinned.withDigest(`sha256:${'b'.repeat(64)}`).toString()).toBe(`quay.io/a/b:1@sha256:${'b'.repeat(64)}`);
    expect(() => pinned.withDigest('sha256:short')).toThrow('is no image reference');
  });

  test('by another registry, with everything below it', () => {
    expect(Image.of(`quay.io/a/b:1@${DIGEST}`).from('registry.example.com:5000/mirror').toString()).toBe(
      `registry.example.com:5000/mirror/a/b:1@${DIGEST}`,
    );
    expect(Image.of('mysql:8.0').from('localhost').toString()).toBe('localhost/library/mysql:8.0');
  });

  test.each([
    'mirror',
    'mirror/path',
    '',
    'https://registry.example.com',
    'registry.example.com/',
    'registry.example.com/Path',
    'registry example',
  ])('but not by the registry %j', (registry) => {
    expect(() => Image.of('quay.io/a/b:1').from(registry)).toThrow(
      `the registry ${JSON.stringify(registry)} is no host with an optional port and path`,
    );
  });
});
