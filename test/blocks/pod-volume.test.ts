import { PodVolume } from '../../lib/blocks';

test('every kind of volume is at its path under one name', () => {
  const every = {
    config: PodVolume.config({ configMap: 'c', file: 'f', content: {}, path: '/p/f', volume: 'v' }),
    configMap: PodVolume.configMap('c', '/p'),
    secret: PodVolume.secret('s', '/p', 'v'),
    scratch: PodVolume.scratch('/p', 'v'),
    claim: PodVolume.claim('claim', '/p'),
    host: PodVolume.host('/models', '/p', 'v'),
    token: PodVolume.token({ audience: 'a', path: '/p' }),
  };
  for (const { volume, mount } of Object.values(every)) expect(volume.name).toBe(mount.name);
  expect(Object.values(every).map(({ mount }) => mount.mountPath)).toStrictEqual(['/p/f', '/p', '/p', '/p', '/p', '/p', '/p']);
  const sources = Object.fromEntries(
    Object.entries(every).map(
      ([
        name,
        {
          volume: { name: _, ...source },
        },
      ]) => [name, source],
    ),
  );
  expect(sources).toStrictEqual({
    config: { configMap: { name: 'c' } },
    configMap: { configMap: { name: 'c' } },
    secret: { secret: { secretName: 's', defaultMode: 0o644 } },
    scratch: { emptyDir: {} },
    claim: { persistentVolumeClaim: { claimName: 'claim' } },
    host: { hostPath: { path: '/models', type: 'DirectoryOrCreate' } },
    token: { projected: { sources: [{ serviceAccountToken: { audience: 'a', expirationSeconds: 3600, path: 'token' } }] } },
  });
});

test('what holds no data of the program is read only', () => {
  const readOnly = [PodVolume.configMap('c', '/p'), PodVolume.secret('s', '/p'), PodVolume.token({ audience: 'a', path: '/p' })];
  expect(readOnly.map(({ mount }) => mount.readOnly)).toStrictEqual([true, true, true]);
  expect(PodVolume.scratch('/p', 'v').mount.readOnly).toBeUndefined();
});

test('a token has a name and a time of its own', () => {
  const { volume } = PodVolume.token({ audience: 'a', path: '/p', name: 'mesh', expirationSeconds: 43200 });
  expect(volume).toMatchObject({
    name: 'mesh',
    projected: { sources: [{ serviceAccountToken: { path: 'mesh', expirationSeconds: 43200 } }] },
  });
});
