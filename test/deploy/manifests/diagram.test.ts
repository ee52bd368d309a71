import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as certManager from '../../../crds-imports/cert-manager.io';
import { configmaps } from '../../../crds-imports/core';
import { Assembly, Definition, declare } from '../../../lib/core';
import { Manifests } from '../../../lib/deploy/manifests';

/** The picture of an App with a chart of a given id, whose two objects wait for what another chart has. */
function picture(id: string): string {
  const app = new App();
  const definitions = new Chart(app, 'definitions');
  new Definition(definitions, 'issuers', certManager.issuers);
  const team = new Chart(app, id, { namespace: 'team' });
  for (const name of ['a', 'b']) declare(team, certManager.issuers, { metadata: { name }, spec: { selfSigned: {} } });
  declare(team, configmaps, { metadata: { name: 'c' } });
  return new Manifests(Assembly.of(app)).files().get('plan.svg') as string;
}

/** The texts of elements of a class, in their order. */
function texts(svg: string, of: string): string[] {
  return [...svg.matchAll(new RegExp(`<text class="${of}"[^>]*>([^<]*)</text>`, 'g'))].map(([, text = '']) => text);
}

describe('the picture of a plan', () => {
  const svg = picture('team');

  test('has a lane for each component, a column for each wave', () => {
    expect(texts(svg, 'name')).toStrictEqual(['definitions', 'team']);
    expect(texts(svg, 'wave')).toStrictEqual(['wave 0', 'wave 1']);
    expect(texts(svg, 'count')).toStrictEqual(['2 objects', '2 objects, after 1 wait']);
  });

  test('has a box for the objects of a component in a wave, and tells them', () => {
    expect(texts(svg, 'total')).toStrictEqual(['1 object', '1 object', '2 objects']);
    expect(texts(svg, 'what')).toStrictEqual(['1 definition', '1 ConfigMap', '2 Issuer']);
    expect(svg).toContain('<title>Issuer a\nIssuer b</title>');
  });

  test('has one arrow between two boxes, and tells why', () => {
    expect(svg.match(/class="gate"/g)).toHaveLength(1);
    expect(svg).toContain('<title>issuers.cert-manager.io defines the kind Issuer (Established)</title>');
  });

  test('is the same in every run', () => {
    expect(picture('team')).toBe(svg);
  });

  test('is well-formed, whatever the names', () => {
    expect(picture('a<b>&c')).not.toMatch(/a<b>|&c/);
    expect(new Manifests(Assembly.of(new App())).files().get('plan.svg')).toMatch(/^<svg .*<\/svg>\n$/s);
  });
});

describe('the picture of many components', () => {
  /** A platform of three charts, and tenants of one chart or two each. */
  function tenants(count: number, charts: 1 | 2): string {
    const app = new App();
    const platform = new Construct(app, 'platform');
    for (const id of ['a', 'b', 'c']) settings(new Chart(platform, id, { namespace: id }));
    for (let number = 0; number < count; number++) {
      const namespace = `tenant-${number}`;
      if (charts === 1) settings(new Chart(app, namespace, { namespace }));
      else for (const id of ['jobs', 'servers']) settings(new Chart(new Construct(app, `${namespace}-${id}`), id, { namespace }));
    }
    return new Manifests(Assembly.of(app)).files().get('plan.svg') as string;
  }

  const settings = (chart: Chart) => {
    declare(chart, configmaps, { metadata: { name: `settings-${chart.node.path.replaceAll('/', '-')}` } });
  };

  test('has a lane for each of some', () => {
    expect(texts(tenants(27, 1), 'name')).toHaveLength(30);
  });

  test('has one lane for many that stand side by side, with their count', () => {
    expect(texts(tenants(31, 1), 'name')).toStrictEqual(['31 charts of the app', 'a', 'b', 'c']);
    const svg = tenants(1000, 2);
    expect(texts(svg, 'name')).toStrictEqual(['2000 charts of the app', 'a', 'b', 'c']);
    expect(texts(svg, 'total')).toStrictEqual(['2000 objects', '1 object', '1 object', '1 object']);
  });

  test('tells the first objects of a box, and counts the others', () => {
    expect(tenants(1000, 1)).toMatch(/ConfigMap settings-tenant-\d+\nand 800 more<\/title>/);
  });

  test('keeps its size', () => {
    expect(tenants(1000, 1).length).toBeLessThan(2 * tenants(100, 1).length);
  });
});
