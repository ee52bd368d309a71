import { Parameter } from '../../../lib';
import { experiment, searching } from './support';

test.each<[Parameter, object]>([
  [Parameter.int('a', { min: 1, max: 9, step: 2 }), { parameterType: 'int', feasibleSpace: { min: '1', max: '9', step: '2' } }],
  [
    Parameter.double('a', { min: 1e-7, max: 0.5, distribution: 'logNormal' }),
    { parameterType: 'double', feasibleSpace: { min: '1e-7', max: '0.5', distribution: 'logNormal' } },
  ],
  [Parameter.discrete('a', [1, 0.5]), { parameterType: 'discrete', feasibleSpace: { list: ['1', '0.5'] } }],
  [Parameter.categorical('a', ['1', 'x']), { parameterType: 'categorical', feasibleSpace: { list: ['1', 'x'] } }],
])('a parameter has the space of its type, and every number is a text: %#', (parameter, expected) => {
  expect(experiment(searching([parameter]))).toMatchObject({ spec: { parameters: [{ name: 'a', ...expected }] } });
});

test('its description stands beside its reference', () => {
  const described = Parameter.int('a', { min: 1, max: 2 }, { description: 'rows of a batch' });
  expect(experiment(searching([described]))).toHaveProperty('spec.trialTemplate.trialParameters', [
    { name: 'a', description: 'rows of a batch', reference: 'a' },
  ]);
});
