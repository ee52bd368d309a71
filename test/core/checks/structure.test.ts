import { ApiObject } from 'cdk8s';
import { certManager, core, kubeflow } from '../../../crds-imports';
import { type Body, Definition, Kind, KubeObject, type Manifest, World } from '../../../lib/core';
import { assemble, errors } from '../../support/app';

type Fields = Readonly<Record<string, unknown>>;

/** The errors of one object, of a kind that may be unknown. */
function errorsOf(kind: Kind, fields: Fields, metadata: Fields = {}): string[] {
  return errors(
    assemble((chart) => {
      new KubeObject(chart, 'object', kind, { metadata: { name: 'a', ...metadata }, ...fields } as unknown as Body<unknown>);
    }),
  );
}

const POD = { spec: { containers: [{ name: 'c', image: 'i' }] } };
const JOB = { spec: { pytorchReplicaSpecs: { Worker: { replicas: 1, template: POD } } } };

describe('a custom resource', () => {
  test('that is well-formed has no findings', () => {
    expect(errorsOf(kubeflow.pytorchjobs, JOB)).toStrictEqual([]);
  });

  const wrong: [string, Fields, string][] = [
    [
      'a misspelt field',
      { spec: { pytorchReplicaSpec: {}, ...JOB.spec } },
      'spec.pytorchReplicaSpec unknown field "pytorchReplicaSpec"; did you mean "pytorchReplicaSpecs"?',
    ],
    [
      'a misspelt field deep inside',
      {
        spec: {
          pytorchReplicaSpecs: { Worker: { template: { spec: { containers: [{ name: 'c', imagePullPolcy: 'Always' }] } } } },
        },
      },
      'spec.pytorchReplicaSpecs.Worker.template.spec.containers[0].imagePullPolcy unknown field "imagePullPolcy"; did you mean "imagePullPolicy"?',
    ],
    [
      'a wrong type',
      { spec: { pytorchReplicaSpecs: { Worker: { replicas: 'three', template: POD } } } },
      'spec.pytorchReplicaSpecs.Worker.replicas is "three", must be a whole number',
    ],
    ['a missing required field', { spec: {} }, 'spec.pytorchReplicaSpecs is required'],
    ['a field besides its own', { ...JOB, sepc: {} }, 'sepc unknown field "sepc"; did you mean "spec"?'],
  ];

  test.each(wrong)('with %s', (_, fields, message) => {
    expect(errorsOf(kubeflow.pytorchjobs, fields)).toStrictEqual([`team/object: PyTorchJob team/a: ${message}`]);
  });

  test('with several faults has them all', () => {
    expect(errorsOf(kubeflow.pytorchjobs, { spec: { runPolicy: { cleanPodPolicy: 1, ttl: 2 } } })).toHaveLength(3);
  });
});

describe('a built-in kind', () => {
  const wrong: [string, Kind, Fields, string][] = [
    ['a misspelt field', core.configmaps, { dta: {} }, 'ConfigMap team/a: dta unknown field "dta"; did you mean "data"?'],
    ['a wrong type', core.configmaps, { data: { n: 1 } }, 'ConfigMap team/a: data.n is 1, must be a string'],
    [
      'a missing required field',
      core.pods,
      { spec: { containers: [{ image: 'i' }] } },
      'Pod team/a: spec.containers[0].name is required',
    ],
    [
      'a port that is neither number nor text',
      core.services,
      { spec: { ports: [{ port: 80, targetPort: 1.5 }] } },
      'Service team/a: spec.ports[0].targetPort is 1.5, must be a whole number or a string',
    ],
  ];

  test.each(wrong)('with %s', (_, kind, fields, message) => {
    expect(errorsOf(kind, fields)).toStrictEqual([`team/object: ${message}`]);
  });
});

describe('metadata', () => {
  test.each([
    ['misspelt', { lables: { a: 'b' } }, 'metadata.lables unknown field "lables"; did you mean "labels"?'],
    ['of a wrong type', { labels: { a: 1 } }, 'metadata.labels.a is 1, must be a string'],
    ['that is no list', { managedFields: 'a' }, 'metadata.managedFields is "a", must be a list'],
    [
      'of an owner without a kind',
      { ownerReferences: [{ apiVersion: 'v1', name: 'n', uid: 'u' }] },
      'metadata.ownerReferences[0].kind is required',
    ],
  ])('%s', (_, metadata, message) => {
    expect(errorsOf(core.configmaps, {}, metadata)).toStrictEqual([`team/object: ConfigMap team/a: ${message}`]);
    expect(errorsOf(Kind.unknown('example.com/v1', 'Any', 'anies', 'Namespaced'), {}, metadata)).toStrictEqual([
      `team/object: Any team/a: ${message}`,
    ]);
  });

  test('that is right has no findings', () => {
    const metadata = {
      labels: {},
      annotations: { a: '' },
      finalizers: ['a/b'],
      creationTimestamp: null,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'n', uid: 'u' }],
    };
    expect(errorsOf(core.configmaps, {}, metadata)).toStrictEqual([]);
  });
});

describe('a kind', () => {
  test('in a version that is not served', () => {
    expect(errorsOf(Kind.unknown('apps/v1beta1', 'Deployment', 'deployments', 'Namespaced'), {})).toStrictEqual([
      'team/object: Deployment is not served as apps/v1beta1; use apps/v1',
    ]);
    expect(errorsOf(Kind.unknown('v2', 'Pod', 'pods', 'Namespaced'), {})).toStrictEqual([
      'team/object: Pod is not served as v2; use v1',
    ]);
    expect(errorsOf(Kind.unknown('cert-manager.io/v1alpha2', 'Certificate', 'certificates', 'Namespaced'), {})).toStrictEqual([
      'team/object: Certificate is not served as cert-manager.io/v1alpha2; use cert-manager.io/v1',
    ]);
  });

  test('that Kubernetes does not have', () => {
    expect(errorsOf(Kind.unknown('apps/v1', 'Deploymet', 'deploymets', 'Namespaced'), {})).toStrictEqual([
      'team/object: Kubernetes has no kind Deploymet in apps/v1; did you mean Deployment?',
    ]);
    expect(errorsOf(Kind.unknown('v1', 'Gateway', 'gateways', 'Namespaced'), {})).toStrictEqual([
      'team/object: Kubernetes has no kind Gateway in v1',
    ]);
    expect(errorsOf(Kind.unknown('rbac.authorization.k8s.io/v1', 'Rol', 'rols', 'Namespaced'), {})).toStrictEqual([
      'team/object: Kubernetes has no kind Rol in rbac.authorization.k8s.io/v1; did you mean Role?',
    ]);
  });

  test('that nobody describes is not checked', () => {
    expect(
      errorsOf(Kind.unknown('example.com/v1', 'Anything', 'anythings', 'Namespaced'), { spec: { whatever: [null, {}] } }),
    ).toStrictEqual([]);
  });

  describe('that the model defines', () => {
    const definitions = Kind.unknown(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'customresourcedefinitions',
      'Cluster',
    );
    const versions = [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { size: { type: 'integer', minimum: 1 } } } },
      },
      { name: 'v1alpha1', served: false, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
    ];
    const widget = (version: string, fields: Fields) =>
      errors(
        assemble((chart) => {
          const body = {
            metadata: { name: 'widgets.example.com' },
            spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', versions },
          };
          new KubeObject(chart, 'definition', definitions, body as unknown as Body<Manifest>);
          const type = Kind.unknown(`example.com/${version}`, 'Widget', 'widgets', 'Namespaced');
          new KubeObject(chart, 'widget', type, { metadata: { name: 'w' }, ...fields } as unknown as Body<Manifest>);
        }),
      );

    test('is checked against its definition', () => {
      expect(widget('v1', { size: 1 })).toStrictEqual([]);
      expect(widget('v1', { size: 0 })).toStrictEqual(['team/widget: Widget team/w: size is 0, must be at least 1']);
      expect(widget('v1', { sise: 1 })).toStrictEqual([
        'team/widget: Widget team/w: sise unknown field "sise"; did you mean "size"?',
      ]);
    });

    test('is served in the versions that it says', () => {
      expect(widget('v1alpha1', {})).toStrictEqual([
        'team/widget: Widget is not served as example.com/v1alpha1; use example.com/v1',
      ]);
      expect(widget('v2', {})).toStrictEqual(['team/widget: Widget is not served as example.com/v2; use example.com/v1']);
    });

    test('is what its definition says, though the release has another one', () => {
      const found = errors(
        assemble((chart) => {
          const spec = {
            group: 'kubeflow.org',
            names: { kind: 'PyTorchJob', plural: 'pytorchjobs' },
            scope: 'Namespaced',
            versions: [{ ...versions[0], name: 'v9' }],
          };
          new KubeObject(chart, 'definition', definitions, {
            metadata: { name: 'pytorchjobs.kubeflow.org' },
            spec,
          } as unknown as Body<Manifest>);
          new KubeObject(chart, 'job', kubeflow.pytorchjobs, { metadata: { name: 'job' }, ...JOB });
        }),
      );
      expect(found).toStrictEqual(['team/job: PyTorchJob is not served as kubeflow.org/v1; use kubeflow.org/v9']);
    });

    test('is told in each version once, though the release has it, too', () => {
      const found = errors(
        assemble((chart) => {
          new Definition(chart, 'definition', certManager.issuers);
          new KubeObject(chart, 'object', Kind.unknown('cert-manager.io/v2', 'Issuer', 'issuers', 'Namespaced'), {
            metadata: { name: 'i' },
          } as Body<Manifest>);
        }),
      );
      expect(found).toStrictEqual(['team/object: Issuer is not served as cert-manager.io/v2; use cert-manager.io/v1']);
    });
  });
});

describe('identities', () => {
  test('of two objects are not the same', () => {
    const assembly = assemble((chart) => {
      for (const id of ['first', 'second', 'third']) new KubeObject(chart, id, core.configmaps, { metadata: { name: 'twin' } });
    });
    expect(errors(assembly)).toStrictEqual([
      'team/second: ConfigMap team/twin is declared twice, here and by team/first; give one of them another name',
      'team/third: ConfigMap team/twin is declared twice, here and by team/second; give one of them another name',
    ]);
  });

  test('are of a group, whatever the version', () => {
    const assembly = assemble((chart) => {
      World.close(chart);
      for (const version of ['v1', 'v2']) {
        new KubeObject(chart, version, Kind.unknown(`example.com/${version}`, 'Twin', 'twins', 'Cluster'), {
          metadata: { name: 'twin' },
        } as Body<Manifest>);
      }
    });
    expect(errors(assembly)[0]).toContain('Twin twin is declared twice');
  });

  test('may differ in namespace, kind, group or name alone', () => {
    const assembly = assemble((chart) => {
      new KubeObject(chart, 'a', core.configmaps, { metadata: { name: 'a' } });
      new KubeObject(chart, 'b', core.configmaps, { metadata: { name: 'b' } });
      new KubeObject(chart, 'c', core.configmaps, { metadata: { name: 'a', namespace: 'other' } });
      new KubeObject(chart, 'd', core.secrets, { metadata: { name: 'a' } });
      new KubeObject(chart, 'e', Kind.unknown('example.com/v1', 'Secret', 'secrets', 'Namespaced'), {
        metadata: { name: 'a' },
      } as Body<Manifest>);
    });
    expect(errors(assembly)).toStrictEqual([]);
  });

  test('have allowed names, also those of API objects that are not ours', () => {
    const assembly = assemble((chart) => {
      new ApiObject(chart, 'space', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'Team_A' } });
      new ApiObject(chart, 'ok', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a' } });
    });
    expect(errors(assembly)).toStrictEqual([expect.stringMatching(/^team\/space: the name "Team_A" is not a DNS label: /)]);
  });
});

test('API objects that are not ours are checked like ours', () => {
  const assembly = assemble((chart) => {
    new ApiObject(chart, 'd', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { replicas: 'many' } });
  });
  const WHERE = 'team/d: Deployment team/d: spec';
  expect(errors(assembly)).toStrictEqual([
    `${WHERE}.selector is required`,
    `${WHERE}.template is required`,
    `${WHERE}.replicas is "many", must be a whole number`,
  ]);
});
