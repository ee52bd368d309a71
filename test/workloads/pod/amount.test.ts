import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Gpu } from '../../../lib';
import { cpuText, sizeText } from '../../../lib/workloads/pod/amount';
import { requirements } from '../../../lib/workloads/pod/resources';

describe('amounts', () => {
  test.each([
    [Cpu.units(2), '2'],
    [Cpu.millis(500), '500m'],
    [{ amount: '250m' }, '250m'],
    [4, '4'],
    [0.5, '0.5'],
    ['500m', '500m'],
    ['1.5', '1.5'],
  ])('of CPU: %j is %s', (cpu, text) => {
    expect(cpuText(cpu)).toBe(text);
  });

  test.each([['4 cores'], ['16Gi'], [''], [-1], [Number.NaN], ['1e3'], [{}]])('of CPU are never %j', (cpu) => {
    expect(() => cpuText(cpu)).toThrow('is no amount of CPU; write a number of processors, 4 or "500m"');
  });

  test.each([
    [Size.gibibytes(16), '16Gi'],
    ['16Gi', '16Gi'],
    ['500M', '500M'],
    ['1048576', '1048576'],
    ['1.5Ti', '1.5Ti'],
  ])('of memory: %j is %s', (size, text) => {
    expect(sizeText(size)).toBe(text);
  });

  test.each([['16GB'], ['16 Gi'], ['500m'], [''], [4 as never], ['lots']])('of memory are never %j', (size) => {
    expect(() => sizeText(size)).toThrow('is no amount of memory or storage; write "16Gi" or "500Mi"');
  });
});

describe('resources', () => {
  test('are written as they are given, with room on the disk and devices beside a GPU', () => {
    expect(
      requirements({
        cpu: { request: '500m', limit: 2 },
        memory: '16Gi',
        ephemeralStorage: { request: '10Gi' },
        gpu: Gpu.nvidia(8),
        devices: { 'rdma/ib': 1 },
      }),
    ).toEqual({
      requests: { cpu: '500m', memory: '16Gi', 'ephemeral-storage': '10Gi' },
      limits: { cpu: '2', memory: '16Gi', 'nvidia.com/gpu': 8, 'rdma/ib': 1 },
    });
  });

  test('never ask for more than they allow, for a device twice, or for what is none', () => {
    expect(() => requirements({ memory: { request: '2Ti', limit: '100Gi' } })).toThrow(
      'the request of memory, 2Ti, is above its limit',
    );
    expect(() => requirements({ ephemeralStorage: { request: '2Gi', limit: '1Gi' } })).toThrow(
      'the request of ephemeral-storage',
    );
    expect(() => requirements({ cpu: { request: 2, limit: '500m' } })).toThrow('the request of cpu, 2, is above its limit, 500m');
    expect(() => requirements({ gpu: Gpu.nvidia(1), devices: { 'nvidia.com/gpu': 1 } })).toThrow(
      'nvidia.com/gpu is asked for as gpu and among devices; give it once',
    );
    expect(() => requirements({ devices: { rdma: 1 } })).toThrow('"rdma" is no extended resource');
    expect(() => requirements({ devices: { 'rdma/ib': 0 } })).toThrow(
      'the number of rdma/ib is 0, must be a whole number of at least 1',
    );
  });
});
