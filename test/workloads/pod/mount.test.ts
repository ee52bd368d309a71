import { Size } from 'cdk8s';
import { Mount } from '../../../lib';
import { apart, volumeMounts, volumes } from '../../../lib/workloads/pod/mount';

describe('Mount', () => {
  test('is one volume wherever it is mounted', () => {
    const mounts = { '/a': Mount.claim('data'), '/b': Mount.claim('data', { subPath: 'b' }) };
    expect(volumes(mounts)).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]);
    expect(volumeMounts(mounts)).toEqual([
      { name: 'data', mountPath: '/a' },
      { name: 'data', mountPath: '/b', subPath: 'b' },
    ]);
  });

  test('has a volume of its own when another one is called alike', () => {
    const mounts = {
      '/a': Mount.claim('data'),
      '/b': Mount.secret('data'),
      '/c': Mount.empty('data-2'),
      '/d': Mount.configMap('data'),
    };
    expect(volumes(mounts).map(({ name }) => name)).toEqual(['data', 'data-2', 'data-2-2', 'data-3']);
    expect(volumeMounts(mounts).map(({ name, mountPath }) => `${name} ${mountPath}`)).toEqual([
      'data /a',
      'data-2 /b',
      'data-2-2 /c',
      'data-3 /d',
    ]);
  });

  test('is a volume for each mount where it has to be, but for empty folders', () => {
    const mounts = apart({
      '/a': Mount.claim('data', { subPath: 'a' }),
      '/b': Mount.claim('data'),
      '/c': Mount.claim('data'),
      '/d': Mount.empty('tmp'),
      '/e': Mount.empty('tmp'),
    });
    expect(volumes(mounts).map(({ name }) => name)).toEqual(['data', 'data-2', 'data-3', 'tmp']);
    expect(volumeMounts(mounts)[0]).toEqual({ name: 'data', mountPath: '/a', subPath: 'a' });
    expect(volumeMounts(mounts).map(({ name }) => name)).toEqual(['data', 'data-2', 'data-3', 'tmp', 'tmp']);
  });

  test('keeps empty folders apart', () => {
    const mounts = {
      '/tmp': Mount.empty('tmp'),
      '/cache': Mount.empty('cache'),
      '/dev/shm': Mount.memory('shm', Size.gibibytes(1)),
    };
    expect(volumes(mounts).map(({ name }) => name)).toEqual(['tmp', 'cache', 'shm']);
  });
});
