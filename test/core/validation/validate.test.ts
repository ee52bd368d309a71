import { certManager, core, kubeflow } from '../../../crds-imports';
import { type Body, type Kind, KubeObject, Late } from '../../../lib/core';
import { validate } from '../../../lib/core/validation/validate';
import { assemble, errors, warnings } from '../../support/app';
import { MAIN, object, podTemplate } from '../../support/validation/rule-case';

const job = (spec: object) =>
  object('kubeflow.org/v1', 'PyTorchJob', {
    spec: { pytorchReplicaSpecs: { Worker: { template: { spec: { containers: [MAIN], ...spec } } } } },
  });
const POD = 'spec.pytorchReplicaSpecs.Worker.template.spec';

/** What is said of an object: path and message. */
const told = (value: Parameters<typeof validate>[0]) => validate(value).map(({ path, message }) => `${path} ${message}`);

describe('the pods of a custom resource', () => {
  test('have the values that pods may have, though its definition does not list them', () => {
    expect(told(job({ restartPolicy: 'Nevr', tolerations: [{ operator: 'Exist' }] }))).toStrictEqual([
      `${POD}.restartPolicy is "Nevr", must be one of "Always", "Never", "OnFailure"`,
      `${POD}.tolerations[0].operator is "Exist", must be one of "Equal", "Exists"`,
    ]);
  });

  test('are held to the rules of pods', () => {
    expect(told(job({ serviceAccountName: 'My SA', topologySpreadConstraints: [] }))).toStrictEqual([
      expect.stringContaining(`${POD}.serviceAccountName is "My SA", must be a DNS name`),
    ]);
  });

  test('may lack what their controller adds', () => {
    const containers = [
      { name: 'main', volumeMounts: [{ name: 'added', mountPath: '/data' }], readinessProbe: { periodSeconds: 5 } },
    ];
    expect(told(job({ containers }))).toStrictEqual([]);
    expect(told(podTemplate({ containers })).length).toBe(3);
  });

  test('may have texts that a program fills in', () => {
    const resources = { limits: { cpu: `\${trialParameters.cpu}` } };
    const containers = [{ ...MAIN, image: '{{.Image}}', resources, env: [{ name: '{{.Name}}=', value: 'a' }] }];
    expect(told(job({ containers, serviceAccountName: `\${account}` }))).toStrictEqual([]);
    expect(told(podTemplate({ containers: [{ ...MAIN, image: '{{.Image}}' }] }))).toHaveLength(1);
  });

  test('are at least one container', () => {
    expect(told(job({ containers: [] }))).toStrictEqual([`${POD}.containers must have at least one`]);
    const trial = { trialTemplate: { trialSpec: { spec: { template: { spec: { containers: [] } } } } } };
    expect(told(object('kubeflow.org/v1beta1', 'Experiment', { spec: trial }))).toStrictEqual([
      'spec.trialTemplate.trialSpec.spec.template.spec.containers must have at least one',
    ]);
    const predictor = { containers: [], model: { modelFormat: { name: 'sklearn' } } };
    expect(told(object('serving.kserve.io/v1beta1', 'InferenceService', { spec: { predictor } }))).toStrictEqual([]);
  });

  test('may have fields that pods do not have', () => {
    expect(
      told(object('serving.kserve.io/v1alpha1', 'ServingRuntime', { spec: { containers: [MAIN], multiModel: true } })),
    ).toStrictEqual([]);
  });
});

test('a null is nothing', () => {
  expect(told(podTemplate({ tolerations: null, securityContext: null, volumes: [{ name: 'a', emptyDir: null }] }))).toStrictEqual(
    [],
  );
});

test('what a deployment fills in is anything', () => {
  const late = Late.placeholder('later');
  const port = { containerPort: late, name: late };
  const limits = { cpu: late };
  const containers = [{ name: late, image: late, ports: [port], resources: { limits }, env: [{ name: 'A', value: late }] }];
  expect(told(podTemplate({ containers, terminationGracePeriodSeconds: late, tolerations: late }))).toStrictEqual([]);
});

test('an object of another kind is left alone', () => {
  expect(told(object('v1', 'ServiceAccount', { automountServiceAccountToken: false }))).toStrictEqual([]);
  expect(told(object('coordination.k8s.io/v1', 'Lease', { spec: { containers: [{ name: 'A' }] } }))).toStrictEqual([]);
});

function assemblyOf(kind: Kind, fields: object, metadata: object = {}) {
  return assemble((chart) => {
    new KubeObject(chart, 'object', kind, { metadata: { name: 'a', ...metadata }, ...fields } as Body<unknown>);
  });
}

describe('in an assembly', () => {
  test('a breach is an error of the construct, and a doubt is a warning', () => {
    const containers = [{ ...MAIN, image: 'A', restartPolicy: 'Always' }];
    const found = assemblyOf(core.pods, { spec: { containers } });
    expect(errors(found)).toStrictEqual([
      expect.stringMatching(/^team\/object: Pod team\/a: spec\.containers\[0\]\.image is "A"/),
    ]);
    expect(warnings(found)).toStrictEqual([expect.stringContaining('spec.containers[0].restartPolicy is dropped')]);
  });

  test('a malformed object has no further findings', () => {
    expect(errors(assemblyOf(kubeflow.pytorchjobs, { spec: { pytorchReplicaSpecs: 1 } }))).toHaveLength(1);
  });

  test.each(['Team A', 'a.b', 'a'.repeat(64)])('the namespace %j cannot be', (namespace) => {
    expect(errors(assemblyOf(core.configmaps, {}, { namespace })).join()).toContain(
      `of the namespace of ConfigMap ${namespace}/a, the name ${JSON.stringify(namespace)} is not a DNS label`,
    );
  });

  test('an issuer has a name that can be', () => {
    const certificate = (name: string) =>
      errors(assemblyOf(certManager.certificates, { spec: { secretName: 'tls', dnsNames: ['a'], issuerRef: { name } } }));
    expect(certificate('ca')).toStrictEqual([]);
    expect(certificate('')).toStrictEqual([expect.stringContaining('spec.issuerRef: the name "" is not a DNS name')]);
    expect(certificate('My CA')).toStrictEqual([expect.stringContaining('spec.issuerRef: the name "My CA" is not a DNS name')]);
  });

  test('no value of a Secret is told', () => {
    const [error, ...others] = errors(assemblyOf(core.secrets, { data: { password: 'hunter2!' }, stringData: { user: 17 } }));
    expect(error).toBe('team/object: Secret team/a: data.password must be base64; plain text goes into stringData');
    expect(others).toStrictEqual(['team/object: Secret team/a: stringData.user must be a string']);
  });
});
