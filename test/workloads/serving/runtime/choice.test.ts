import { SERVING_RUNTIMES } from '../../../../lib';
import { type Asked, type Candidate, choose, fitting } from '../../../../lib/workloads/serving/runtime/choice';
import { CHOSEN, NAMED } from './measured';

const release: Candidate[] = Object.entries(SERVING_RUNTIMES).map(([name, shape]) => ({ name, shape }));
const PROTOCOLS = [undefined, 'v1', 'v2', 'grpc-v1', 'grpc-v2'];

describe('the choice among the runtimes of the release is KServe’s own', () => {
  test.each(Object.entries(CHOSEN))('%s', (key, chosen) => {
    const [format = '', version] = key.replace(' with workers', '').split(' ');
    const asked = PROTOCOLS.map((protocol) => ({ format, version, protocol, workers: key.endsWith(' with workers') }));
    const choices = asked.map((one) => choose(one, [[], release]));
    expect(
      choices.map(({ runtime, protocol }) => (runtime ? `${runtime.name.replace('kserve-', '')} ${protocol}` : '-')),
    ).toEqual(chosen);
  });

  test.each(Object.entries(NAMED))('named: %s', (key, told) => {
    const [runtime = '', format = '', version] = key.split(' ');
    const workers = SERVING_RUNTIMES[runtime]?.workerSpec !== undefined;
    const choices = PROTOCOLS.map((protocol) => choose({ format, version, protocol, runtime, workers }, [[], release]));
    expect(choices.map(({ unfit, protocol }) => unfit ?? protocol)).toEqual(told);
  });
});

describe('several runtimes', () => {
  const shape = (protocolVersions: Candidate['shape']['protocolVersions'], priority?: number): Candidate['shape'] => ({
    supportedModelFormats: [{ name: 'own', version: '1', autoSelect: true, ...(priority !== undefined && { priority }) }],
    ...(protocolVersions && { protocolVersions }),
  });
  const asked: Asked = { format: 'own', workers: false };
  const names = (groups: readonly (readonly Candidate[])[], more: Partial<Asked> = {}) =>
    fitting({ ...asked, ...more }, groups).map(({ name }) => name);

  test('those of the namespace go before those of the cluster', () => {
    expect(names([[{ name: 'z', shape: shape(['v1']) }], [{ name: 'a', shape: shape(['v1'], 9) }]])).toEqual(['z', 'a']);
  });

  test('a priority goes before none, the lowest protocol before others, then the name', () => {
    const group = [
      { name: 'd', shape: shape(undefined) },
      { name: 'c', shape: shape(['v2', 'v1']) },
      { name: 'b', shape: shape(['v1']) },
      { name: 'a', shape: shape(['v1'], 1) },
      { name: 'e', shape: shape(['v1'], 2) },
    ];
    expect(names([[], group])).toEqual(['e', 'a', 'b', 'c', 'd']);
    expect(names([[], group], { protocol: 'v2' })).toEqual(['c', 'd']);
  });

  test('a version is served only where it is listed, and one that is not chosen by itself, is disabled or multi-model never', () => {
    const bare: Candidate = { name: 'bare', shape: { supportedModelFormats: [{ name: 'own', autoSelect: true }] } };
    const others: Candidate[] = [
      { name: 'asked-for', shape: { supportedModelFormats: [{ name: 'own' }] } },
      { name: 'off', shape: { ...bare.shape, disabled: true } },
      { name: 'many', shape: { ...bare.shape, multiModel: true } },
    ];
    expect(names([[], [bare, ...others]])).toEqual(['bare']);
    expect(names([[], [bare]], { version: '1' })).toEqual([]);
  });

  test('the program of a runtime sets the protocol that nobody names: by its type, or by the names of the release', () => {
    const protocol = (candidate: Candidate) => choose({ ...asked, runtime: candidate.name }, [[], [candidate]]).protocol;
    expect(protocol({ name: 'mine', shape: { ...shape(['v1', 'v2']), serverType: 'mlserver' } })).toBe('v2');
    expect(protocol({ name: 'kserve-tritonserver', shape: shape(['v1', 'v2']) })).toBe('v2');
    expect(protocol({ name: 'kserve-tritonserver', shape: { ...shape(['v1', 'v2']), serverType: 'own' } })).toBe('v1');
    expect(protocol({ name: 'mine', shape: shape(['grpc-v2']) })).toBe('grpc-v2');
  });
});
