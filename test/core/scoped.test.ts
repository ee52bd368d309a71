import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Scoped } from '../../lib/core/scoped';

test('values reach everything below the construct that carries them, the nearest first', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const inner = new Construct(chart, 'inner');
  const beside = new Construct(chart, 'beside');
  const scoped = new Scoped<string>('test:key');
  scoped.add(app, 'app');
  scoped.add(inner, 'inner 1');
  scoped.add(inner, 'inner 2');
  scoped.add(chart, 'chart');
  expect(scoped.reaching(inner)).toStrictEqual(['inner 1', 'inner 2', 'chart', 'app']);
  expect(scoped.reaching(beside)).toStrictEqual(['chart', 'app']);
  expect(scoped.at(inner)).toStrictEqual(['inner 1', 'inner 2']);
  expect(scoped.at(beside)).toStrictEqual([]);
});

test('values of one key are apart from those of another, and shared by all who know the key', () => {
  const app = new App();
  new Scoped<string>('test:a').add(app, 'a');
  expect(new Scoped<string>('test:b').reaching(app)).toStrictEqual([]);
  expect(new Scoped<string>('test:a').reaching(app)).toStrictEqual(['a']);
});

test('values are no metadata of a construct, and nothing that is enumerated', () => {
  const app = new App();
  const keys = Object.keys(app);
  new Scoped<string>('test:key').add(app, 'value');
  expect(app.node.metadata).toStrictEqual([]);
  expect(Object.keys(app)).toStrictEqual(keys);
});
