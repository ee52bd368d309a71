import { App, Chart } from 'cdk8s';
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
