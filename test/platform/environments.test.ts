import { Assembly } from '../../lib';
import { FACTS } from '../../lib/kinds';
import { environments, platform } from '../../stacks/platform';

describe.each(Object.entries(environments))('environment %s', (_name, environment) => {
  const assembly = Assembly.of(platform(environment), { checks: environment.checks, facts: FACTS });

  test('assembles without an error or a warning', () => {
    expect(assembly.findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });

  test('has no cluster-scoped object with a namespace', () => {
    const { schemas, manifests } = assembly.model;
    const wrong = manifests.filter(
      ({ apiVersion, kind, metadata }) => schemas.find(apiVersion, kind)?.scope === 'Cluster' && metadata.namespace,
    );
    expect(wrong).toEqual([]);
  });
});
