import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Gpu } from '../../../lib';
import { requirements } from '../../../lib/workloads/pod/resources';

describe('a GPU', () => {
  test('is an extended resource of a device plugin', () => {
    const of = ({ resource, count }: Gpu) => [resource, count];
    expect(of(Gpu.nvidia(2))).toStrictEqual(['nvidia.com/gpu', 2]);
    expect(of(Gpu.mig('1g.10gb', 3))).toStrictEqual(['nvidia.com/mig-1g.10gb', 3]);
    expect(of(Gpu.amd(1))).toStrictEqual(['amd.com/gpu', 1]);
    expect(of(Gpu.of('example.com/npu', 8))).toStrictEqual(['example.com/npu', 8]);
  });

  test.each([0, -1, 1.5, Number.NaN])('is never %d', (count) => {
    expect(() => Gpu.nvidia(count)).toThrow(`the GPU count is ${count}, must be a whole number of at least 1`);
  });

  test.each(['gpu', 'nvidia.com/', '/gpu', 'nvidia.com/a/b', 'NVIDIA.com/gpu', ''])('is not of the resource %j', (resource) => {
    expect(() => Gpu.of(resource, 1)).toThrow(
      `${JSON.stringify(resource)} is no extended resource, which has the form vendor.example/name`,
    );
  });
});

describe('requirements', () => {
  test('request what they limit, but for extended resources', () => {
    expect(requirements({ cpu: Cpu.millis(500), memory: Size.gibibytes(2), gpu: Gpu.nvidia(1) })).toStrictEqual({
      requests: { cpu: '500m', memory: '2Gi' },
      limits: { cpu: '500m', memory: '2Gi', 'nvidia.com/gpu': 1 },
    });
    expect(requirements({ gpu: Gpu.nvidia(1) })).toStrictEqual({ limits: { 'nvidia.com/gpu': 1 } });
    expect(requirements({})).toStrictEqual({});
  });

  test('take any size of memory', () => {
    expect(requirements({ memory: Size.kibibytes(1500) }).limits).toStrictEqual({ memory: '1500Ki' });
    expect(requirements({ memory: Size.mebibytes(64) }).limits).toStrictEqual({ memory: '64Mi' });
    expect(requirements({ cpu: Cpu.units(2) }).limits).toStrictEqual({ cpu: '2' });
  });
});
