import type { Chart } from 'cdk8s';
import { type VirtualServiceSpec, virtualservices } from '../../crds-imports/networking.istio.io';
import { declare, meshRoutes } from '../../lib';
import { findings } from '../../lib/core/rule';
import { assemble } from '../support/app';

type Match = NonNullable<NonNullable<VirtualServiceSpec['http']>[number]['match']>[number];

interface Route {
  readonly paths: readonly (string | Match)[];
  readonly hosts?: readonly string[];
  readonly gateways?: readonly string[];
}

/** What is said of VirtualServices, each with the paths that it leads somewhere, in the order of its rules. */
function said(...routes: readonly Route[]): string[] {
  const { model } = assemble((chart: Chart) => {
    for (const [index, { paths, hosts = ['*'], gateways = ['users'] }] of routes.entries())
      declare(chart, virtualservices, {
        metadata: { name: `route-${index}` },
        spec: {
          gateways,
          hosts,
          http: paths.map((path) => ({
            match: [typeof path === 'string' ? { uri: { prefix: path } } : path],
            route: [{ destination: { host: 'web' } }],
          })),
        },
      });
  });
  return meshRoutes.flatMap((rule) => findings([rule], model, '').map(({ rule: id, message }) => `${id}: ${message}`));
}

test('paths that have nothing in common are led where they should, and / takes the rest', () => {
  expect(said({ paths: ['/a/'] }, { paths: ['/b/'] }, { paths: ['/'] })).toEqual([]);
});

test('a longer path may come before a shorter one of the same object', () => {
  expect(said({ paths: ['/a/b/', '/a/', '/'] })).toEqual([]);
});

test('one path that is led to two places is refused, once', () => {
  expect(said({ paths: ['/a/'] }, { paths: ['/a/'] })).toEqual([
    'mesh/duplicate-route: VirtualService team/route-0: the path /a/ is led elsewhere by VirtualService team/route-1; give one of them another path',
  ]);
  expect(said({ paths: [{}] }, { paths: ['/'] })).toHaveLength(1);
});

test('a path that hides another one of a different object is refused', () => {
  expect(said({ paths: ['/a/b/'] }, { paths: ['/a/'] })).toEqual([
    'mesh/shadowed-route: VirtualService team/route-1: the path /a/ hides /a/b/ of VirtualService team/route-0, unless that happens to be read first; give one of them another path',
  ]);
});

test('a shorter path before a longer one of the same object is refused', () => {
  expect(said({ paths: ['/a/', '/a/b/'] })).toEqual([
    'mesh/shadowed-route: VirtualService team/route-0: the path /a/ comes before /a/b/, which is below it and is never reached; put the longer one first',
  ]);
});

test.each<[string, Route, Route]>([
  ['other hosts', { paths: ['/a/'], hosts: ['a.example.com'] }, { paths: ['/a/'], hosts: ['b.example.com'] }],
  ['other gateways', { paths: ['/a/'] }, { paths: ['/a/'], gateways: ['infra/other'] }],
  ['no gateway', { paths: ['/a/'] }, { paths: ['/a/'], gateways: ['mesh'] }],
  ['a header', { paths: ['/a/'] }, { paths: [{ uri: { prefix: '/a/' }, headers: { version: { exact: '2' } } }] }],
  ['the whole path', { paths: ['/a/'] }, { paths: [{ uri: { exact: '/a/' } }] }],
])('%s tell routes apart', (_, one, other) => {
  expect(said(one, other)).toEqual([]);
});

test.each<[readonly string[], readonly string[]]>([
  [['*'], ['a.example.com']],
  [['*.example.com'], ['a.example.com']],
  [['a.example.com'], ['*.example.com']],
])('the hosts %j and %j are the same to some request', (one, other) => {
  expect(said({ paths: ['/a/'], hosts: one }, { paths: ['/a/'], hosts: other })).toHaveLength(1);
});

test('a gateway without a namespace is that of the object', () => {
  expect(said({ paths: ['/a/'], gateways: ['team/users'] }, { paths: ['/a/'] })).toHaveLength(1);
});
