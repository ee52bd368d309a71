import { Size } from 'cdk8s';
import { Mount } from '../../../lib';
import { volumes } from '../../../lib/workloads/pod/mount';

const named = (mount: Mount) => volumes({ '/a': mount })[0]?.name;

test('a volume has the name of its object where that may be one', () => {
  expect(named(Mount.claim('data'))).toBe('data');
  expect(named(Mount.claim('data.v1'))).toBe('data-v1');
  expect(volumes({ '/a': Mount.claim('data.v1') })[0]).toMatchObject({ persistentVolumeClaim: { claimName: 'data.v1' } });
});

test('names that are too long for a volume stay apart', () => {
  const long = 'x'.repeat(70);
  const [one, other] = [named(Mount.secret(`${long}1`)), named(Mount.configMap(`${long}2`))];
  expect(one).toMatch(/^x{51}-[0-9a-f]{8}$/);
  expect(other).not.toBe(one);
});

test('a volume without an object has a name that Kubernetes allows', () => {
  expect(named(Mount.empty('cache'))).toBe('cache');
  expect(() => Mount.empty('my.cache')).toThrow('of a volume, the name "my.cache" is not a DNS label');
  expect(() => Mount.memory('Shm', Size.gibibytes(1))).toThrow('the name "Shm" is not a DNS label');
});
