import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { core, synth } from '../../lib';
import { KubeObject } from '../../lib/core';
import { ruled, thrown } from '../support/app';

/** An app of two charts, of which one has an object with a field that nobody knows. */
function app(wrong: boolean): App {
  const of = new App({ outdir: mkdtempSync(join(tmpdir(), 'validation-')) });
  for (const id of ['one', 'two']) {
    const chart = new Chart(of, id, { namespace: 'team' });
    const metadata = { name: id };
    new KubeObject(chart, 'config', core.configmaps, { metadata, ...(wrong && id === 'two' ? { dta: {} } : {}) } as never);
  }
  return of;
}

describe('cdk8s on its own', () => {
  test('refuses what `synth` refuses, and writes as it does where nothing is wrong', () => {
    const refused = thrown(() => app(true).synth()).message;
    expect(refused).toContain(
      'two/config: ConfigMap team/two: dta unknown field "dta"; did you mean "data"? (kubernetes/invalid-field)',
    );
    expect(refused.match(/unknown field/g)).toHaveLength(1);
    const written = app(false);
    written.synth();
    expect(readdirSync(written.outdir).sort()).toEqual(['one.k8s.yaml', 'two.k8s.yaml']);
  });

  test('tells what a construct says of itself once', () => {
    const told = app(false);
    told.node.findChild('one').node.addValidation({ validate: () => ['the chart says no'] });
    expect(thrown(() => told.synth()).message.match(/the chart says no/g)).toHaveLength(1);
  });

  test('sees what was mended since it refused', () => {
    const mended = app(true);
    expect(() => mended.synth()).toThrow('unknown field');
    mended.node.findChild('two').node.tryRemoveChild('config');
    expect(() => mended.synth()).not.toThrow();
  });
});

test('`synth` runs every check once', () => {
  let runs = 0;
  const counted = ruled('note', () => {
    runs++;
    return [];
  });
  const whole = app(false);
  whole.node.addValidation({
    validate: () => {
      runs++;
      return [];
    },
  });
  synth(whole, { checks: [counted], report: () => {} });
  expect(runs).toBe(2);
});
