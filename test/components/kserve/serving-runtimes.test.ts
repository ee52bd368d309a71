import type { ClusterServingRuntimeSpec } from '../../../crds-imports/serving.kserve.io';
import type { Manifest, ServingRuntimes } from '../../../lib';
import { podSpecs, Schemas } from '../../../lib/core';
import { checkAgainst } from '../../../lib/core/schemas/check';
import { thrown } from '../../support/app';
import { alone, objects } from './support';

function runtimes(servingRuntimes?: ServingRuntimes): (Manifest & { spec: ClusterServingRuntimeSpec })[] {
  return objects(alone({ servingRuntimes })).filter(({ kind }) => kind === 'ClusterServingRuntime') as never;
}

const OWN: ClusterServingRuntimeSpec = {
  containers: [{ name: 'kserve-container', image: 'example.com/own:1' }],
  protocolVersions: ['v2'],
  supportedModelFormats: [{ name: 'own', version: '1', autoSelect: true, priority: 1 }],
};

const refused = (own: Record<string, ClusterServingRuntimeSpec>) => thrown(() => alone({ servingRuntimes: { own } })).message;

describe('serving runtimes', () => {
  test('are the twelve of the release, well-formed and restricted', () => {
    const all = runtimes();
    expect(all).toHaveLength(12);
    for (const runtime of all) {
      const known = Schemas.shipped.find(runtime.apiVersion, runtime.kind);
      expect(known && checkAgainst(known.schema, runtime, known.source).violations).toEqual([]);
      for (const { spec } of podSpecs(runtime)) {
        for (const { securityContext, resources } of spec.containers) {
          expect(securityContext).toMatchObject({
            allowPrivilegeEscalation: false,
            runAsNonRoot: true,
            capabilities: { drop: ['ALL'] },
            seccompProfile: { type: 'RuntimeDefault' },
          });
          expect(resources?.requests).toMatchObject({ cpu: expect.anything(), memory: expect.anything() });
        }
      }
    }
  });

  test('can be left out, and replaced by others', () => {
    const names = runtimes({ without: ['torchserve', 'sklearnserver'], own: { own: OWN, 'kserve-torchserve': OWN_TORCH } }).map(
      ({ metadata }) => metadata.name,
    );
    expect(names).toHaveLength(12);
    expect(names).toEqual(expect.arrayContaining(['own', 'kserve-torchserve']));
    expect(names).not.toContain('kserve-sklearnserver');
  });

  test('serve each format by a runtime that is chosen before the others', () => {
    const sklearn = runtimes()
      .filter(({ spec }) => spec.supportedModelFormats?.some(({ name, version }) => name === 'sklearn' && version === '1'))
      .map(({ metadata, spec }) => [metadata.name, spec.supportedModelFormats?.find(({ name }) => name === 'sklearn')?.priority]);
    expect(Object.fromEntries(sklearn)).toEqual({
      'kserve-sklearnserver': 1,
      'kserve-mlserver': 2,
      'kserve-predictiveserver': 3,
    });
  });

  test('are refused where two would be chosen alike, or the name is taken', () => {
    expect(
      refused({ own: { ...OWN, supportedModelFormats: [{ name: 'mlflow', version: '2', autoSelect: true, priority: 1 }] } }),
    ).toBe('team/kserve: the serving runtimes kserve-mlserver and own have the same priority 1 for mlflow 2; give one another');
    expect(refused({ 'kserve-xgbserver': OWN })).toContain(
      'the serving runtime kserve-xgbserver is the release’s'.replace('’', "'"),
    );
    expect(
      refused({
        own: {
          ...OWN,
          supportedModelFormats: [1, 2].map((priority) => ({ name: 'own', version: `${priority}`, autoSelect: true, priority })),
        },
      }),
    ).toContain('the serving runtime own has several priorities for the model format own');
  });

  test('are accepted where the same format has another protocol, or is not chosen by itself', () => {
    const format = { name: 'mlflow', version: '2', autoSelect: true, priority: 1 };
    const others = [
      { ...OWN, protocolVersions: ['v1'], supportedModelFormats: [format] },
      { ...OWN, supportedModelFormats: [{ ...format, autoSelect: false }] },
      { ...OWN, supportedModelFormats: [format], disabled: true },
    ];
    for (const own of others) expect(alone({ servingRuntimes: { own: { own } } })).toBeDefined();
  });

  test('need a container that is the server', () => {
    expect(refused({ own: { ...OWN, containers: [{ name: 'main', image: 'example.com/own:1' }] } })).toContain(
      'has no container kserve-container',
    );
  });
});

const OWN_TORCH: ClusterServingRuntimeSpec = {
  ...OWN,
  supportedModelFormats: [{ name: 'pytorch', version: '1', autoSelect: true, priority: 1 }],
};
