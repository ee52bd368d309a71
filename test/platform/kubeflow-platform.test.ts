import { App, Chart } from 'cdk8s';
import { certificates } from '../../crds-imports/cert-manager.io';
import { configmaps } from '../../crds-imports/core';
import { pytorchjobs } from '../../crds-imports/kubeflow.org';
import {
  ConstructError,
  declare,
  Existing,
  type KubeflowComponents,
  KubeflowPlatform,
  type KubeflowPlatformProps,
  SELF_SIGNING,
} from '../../lib';
import { assembled, errors, thrown } from '../support/app';
import { assembledPlatform, componentsOf, GROUND } from '../support/platform';

function platform(props: KubeflowPlatformProps): KubeflowPlatform {
  return new KubeflowPlatform(new App(), 'kubeflow', props);
}

/** Why a platform is refused. */
function refusal(props: KubeflowPlatformProps): string {
  const error = thrown(() => platform(props));
  expect(error).toBeInstanceOf(ConstructError);
  return error.message;
}

const ISSUER = { kind: 'ClusterIssuer', name: 'corporate-ca' } as const;

describe('components', () => {
  test('that are named are installed, nothing else', () => {
    expect(componentsOf(assembledPlatform({ components: {} }))).toStrictEqual([]);
    expect(componentsOf(assembledPlatform({ components: GROUND }))).toStrictEqual([
      'cert-manager',
      'kubeflow-namespace',
      'kubeflow-roles',
    ]);
    expect(componentsOf(assembledPlatform({ components: { certManager: undefined, kubeflowRoles: {} } }))).toStrictEqual([
      'kubeflow-roles',
    ]);
  });

  test('that are unknown are refused, with those that there are', () => {
    const components = { certManger: {}, kubeflowRoles: {} } as KubeflowComponents;
    expect(refusal({ components })).toMatch(
      /^kubeflow: there is no component certManger; there are certManager, kubeflowNamespace, istio, kubeflowRoles, /,
    );
    expect(refusal({ components: {}, existing: { istoi: {} } as object })).toContain('there is no component istoi');
  });

  test('that need another one are refused, with both ways out', () => {
    expect(refusal({ components: { trainingOperator: {} } })).toBe(
      'kubeflow: training-operator needs kubeflow-namespace for the namespace kubeflow that it runs in; ' +
        'install it (components.kubeflowNamespace = {}) or declare it as existing (existing.kubeflowNamespace)',
    );
    expect(() => platform({ components: { trainingOperator: {}, kubeflowNamespace: {} } })).not.toThrow();
    expect(() => platform({ components: { trainingOperator: {} }, existing: { kubeflowNamespace: {} } })).not.toThrow();
  });

  test('cannot be installed and existing at once', () => {
    expect(refusal({ components: { kubeflowNamespace: {} }, existing: { kubeflowNamespace: {} } })).toBe(
      'kubeflow: kubeflow-namespace is to be installed and declared as existing; leave out components.kubeflowNamespace or existing.kubeflowNamespace',
    );
  });

  test('have all their problems told at once', () => {
    const message = refusal({
      components: { unknown: {}, trainingOperator: {}, certManager: {} } as KubeflowComponents,
      existing: { certManager: { issuer: ISSUER } },
    });
    expect(message.split('; ').filter((part) => /there is no component|at once|to be installed|needs/.test(part))).toHaveLength(
      3,
    );
  });
});

describe('what exists', () => {
  const trained = { components: { trainingOperator: {} }, existing: { kubeflowNamespace: {} } };

  test('may be a component', () => {
    expect(errors(assembledPlatform(trained))).toStrictEqual([]);
    expect(componentsOf(assembledPlatform(trained))).toStrictEqual(['training-operator']);
  });

  test('may be any object', () => {
    const build = (...objects: Existing[]) => {
      const made = platform({ components: {}, existing: { objects } });
      declare(new Chart(made, 'team', { namespace: 'team' }), configmaps, { metadata: { name: 'c' } });
      return errors(assembled(made));
    };
    expect(build(Existing.namespace('team'))).toStrictEqual([]);
    expect(build()).toStrictEqual([
      'kubeflow/team/configmap-c: ConfigMap team/c: metadata.namespace names Namespace team, which nothing in the model provides; add it, or declare it as existing',
    ]);
  });

  test('is not what a component defines, unless that is there', () => {
    const build = (components: KubeflowComponents) => {
      const made = platform({ components, existing: { objects: [Existing.namespace('team')] } });
      const template = { spec: { containers: [{ name: 'pytorch', image: 'i' }] } };
      declare(new Chart(made, 'team', { namespace: 'team' }), pytorchjobs, {
        metadata: { name: 'j' },
        spec: { pytorchReplicaSpecs: { Master: { template } } },
      });
      return errors(assembled(made));
    };
    expect(build({})).toStrictEqual([
      expect.stringContaining(
        'nothing in the model defines pytorchjobs.kubeflow.org; install components.trainingOperator of a KubeflowPlatform, or',
      ),
    ]);
    expect(build({ kubeflowNamespace: {}, trainingOperator: {} })).toStrictEqual([]);
  });
});

describe('the issuer of a platform', () => {
  test('signs itself when cert-manager is installed, and is nobody without it', () => {
    expect(platform({ components: { certManager: {} } }).issuer).toStrictEqual(SELF_SIGNING);
    expect(platform({ components: {} }).issuer).toBeUndefined();
  });

  test.each(['ClusterIssuer', 'Issuer'] as const)('is the %s of a cert-manager that exists', (kind) => {
    const issuer = { kind, name: 'corporate-ca' };
    const made = platform({ components: {}, existing: { certManager: { issuer }, objects: [Existing.namespace('team')] } });
    expect(made.issuer).toStrictEqual(issuer);
    const chart = new Chart(made, 'team', { namespace: 'team' });
    const certificate = (name: string, issuerRef: object) =>
      declare(chart, certificates, {
        metadata: { name },
        spec: { secretName: name, dnsNames: ['a'], issuerRef: { name: '', ...issuerRef } },
      });
    certificate('good', issuer);
    certificate('bad', { kind, name: 'nobody' });
    expect(errors(assembled(made))).toStrictEqual([
      expect.stringMatching(/^kubeflow\/team\/certificate-bad: .*spec\.issuerRef names (Cluster)?Issuer .*nobody, which nothing/),
    ]);
  });
});

test('what stands outside a platform stands in an open world', () => {
  const made = platform({ components: {} });
  declare(new Chart(made.node.root, 'beside', { namespace: 'nowhere' }), configmaps, { metadata: { name: 'c' } });
  expect(errors(assembled(made))).toStrictEqual([]);
});
