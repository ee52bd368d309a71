import { existsSync, readFileSync } from 'node:fs';
import { App } from 'cdk8s';
import { KubeflowPlatform, type KubeflowPlatformProps, mesh, registry, serving, training, tuning, World } from '../../lib';
import { products } from '../../lib/platform/products';
import { DATABASE } from '../components/katib/support';
import { COMPONENTS } from '../conformance/stack';
import { assembledPlatform, objectsOf } from '../support/platform';

const CONSTRUCTS = readFileSync('docs/constructs.md', 'utf8');
/** What the table of constructs names in its first column. */
const ROWS = new Set(
  [...CONSTRUCTS.matchAll(/^\| \[?(`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name?.toLowerCase()),
  ),
);

const all = {
  ...training(),
  ...serving(),
  ...tuning({ database: DATABASE }),
  ...registry({ namespace: 'kubeflow', database: DATABASE }),
  ...mesh(),
};
const endpoint = { hosts: ['localhost'], tls: 'none' } as const;
const existing = {
  istio: { gateway: 'a/b', namespace: 'a', gatewayPrincipal: 'c' },
  certManager: { issuer: { kind: 'Issuer', name: 'own' } },
  modelRegistry: { namespace: 'team' },
};

/** What is needed of a product, as far as others need it. */
const optionsOf = (name: string) => existing[name as keyof typeof existing] ?? {};

const definition = (name: string) => ({ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name, path: '' });
const whole = assembledPlatform({ endpoint, components: all });
const defined = new Map(
  products.map(([name, { id }]) => [
    name,
    objectsOf(whole, id)
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ metadata }) => metadata.name),
  ]),
);

describe.each(products)('the product %s', (name, product) => {
  const { id, install, needs } = product;

  test('has tests, and a row among the constructs', () => {
    const places = ['foundation', 'components'].flatMap((part) => [`test/${part}/${id}`, `test/${part}/${id}.test.ts`]);
    expect(places.filter((place) => existsSync(place))).toHaveLength(1);
    expect([...ROWS]).toContain(name.toLowerCase());
  });

  test('is part of a preset and held against the reference, if a platform can install it', () => {
    expect([name in all, COMPONENTS.includes(id)]).toEqual(install ? [true, true] : [false, false]);
  });

  test('needs products that stand before it in the list', () => {
    const before = products
      .slice(
        0,
        products.findIndex(([other]) => other === name),
      )
      .map(([other]) => other);
    for (const needed of Object.keys(needs?.((all[name as keyof typeof all] ?? {}) as never) ?? {}))
      expect(before).toContain(needed);
  });

  test('says which kinds it defines', () => {
    const { defines = [] } = product;
    if (install) expect(defines.map((kind) => kind.definition).sort()).toEqual([...(defined.get(name) ?? [])].sort());
  });

  test("can exist, and then has the kinds that it defines, and no other product's", () => {
    const platform = new KubeflowPlatform(new App(), 'kubeflow', {
      components: {},
      existing: { [name]: optionsOf(name) },
    } as KubeflowPlatformProps);
    const found = [...defined].flatMap(([other, names]) =>
      names.map((one) => [other, World.has(platform, definition(one))] as const),
    );
    expect(found.filter(([other, has]) => has !== (other === name))).toEqual([]);
  });
});
