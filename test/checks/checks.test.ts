import type { Chart } from 'cdk8s';
import { validatingwebhookconfigurations } from '../../crds-imports/admissionregistration.k8s.io';
import * as apps from '../../crds-imports/apps';
import * as core from '../../crds-imports/core';
import * as networking from '../../crds-imports/networking.k8s.io';
import * as rbac from '../../crds-imports/rbac.authorization.k8s.io';
import { aggregatingRoles, declare, noCredentials, type ObjectModel, podHygiene, type Rule, webhookPaths } from '../../lib';
import { findings as broken, type RuleId } from '../../lib/core/rule';
import { assemble } from '../support/app';

/** What some rules find in a chart. */
function findings(rules: Rule<ObjectModel> | readonly Rule<ObjectModel>[], build: (chart: Chart) => void): string[] {
  return broken([rules].flat(), assemble(build).model).map(({ message }) => message);
}

describe('aggregatingRoles', () => {
  const role = (rules?: object[]) => (chart: Chart) =>
    declare(chart, rbac.clusterroles, {
      metadata: { name: 'all' },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'all' } }] },
      ...(rules && { rules: rules as [] }),
    });

  test('accepts a role that only aggregates', () => {
    expect(findings(aggregatingRoles, role())).toEqual([]);
    expect(findings(aggregatingRoles, role([]))).toEqual([]);
  });

  test('refuses rules that would be overwritten', () => {
    expect(findings(aggregatingRoles, role([{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]))).toEqual([
      expect.stringContaining('ClusterRole all aggregates others and has rules of its own'),
    ]);
  });
});

const RESTRICTED: core.Container = {
  name: 'main',
  image: 'example.com/app:1',
  resources: { requests: { cpu: '10m', memory: '10Mi' } },
  ports: [{ containerPort: 8080, name: 'http' }],
  readinessProbe: { tcpSocket: { port: 8080 } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

function workload(chart: Chart, container: core.Container = RESTRICTED, pod: Partial<core.PodSpec> = RESTRICTED_POD) {
  const labels = { app: 'web' };
  declare(chart, apps.deployments, {
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { ...pod, containers: [container] } } },
  });
}

const RESTRICTED_POD = { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' as const } } };

describe('podHygiene', () => {
  test('accepts a restricted container that asks for what it needs', () => {
    expect(findings(podHygiene, (chart) => workload(chart))).toEqual([]);
  });

  test('takes what the container says before what the pod says', () => {
    const securityContext = { ...RESTRICTED.securityContext, runAsNonRoot: false };
    expect(findings(podHygiene, (chart) => workload(chart, { ...RESTRICTED, securityContext }))).toEqual([
      'Deployment team/web: container main may run as root',
    ]);
  });

  test('names everything that is missing', () => {
    const { name, image, ports } = RESTRICTED;
    expect(findings(podHygiene, (chart) => workload(chart, { name, image, ports }, {}))).toEqual(
      [
        'has no CPU or memory request',
        'has ports but no readiness probe, so it is called before it answers',
        'may gain privileges',
        'keeps capabilities',
        'may run as root',
        'runs without the seccomp profile RuntimeDefault',
      ].map((missing) => `Deployment team/web: container main ${missing}`),
    );
  });
});

describe('webhookPaths', () => {
  const webhook = (policies: Record<string, networking.NetworkPolicySpec>) => (chart: Chart) => {
    workload(chart);
    declare(chart, core.services, {
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 443, targetPort: 'http' }] },
    });
    declare(chart, validatingwebhookconfigurations, {
      metadata: { name: 'web' },
      webhooks: [
        {
          name: 'pods.example.com',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          clientConfig: { service: { name: 'web', namespace: 'team' } },
          rules: [],
        },
      ],
    });
    for (const [name, spec] of Object.entries(policies)) declare(chart, networking.networkpolicies, { metadata: { name }, spec });
  };
  const closed: networking.NetworkPolicySpec = {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }] }],
  };
  const open = (port: number): networking.NetworkPolicySpec => ({
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port }] }],
  });

  test('accepts a webhook that no policy selects, or that one admits', () => {
    expect(findings(webhookPaths, webhook({}))).toEqual([]);
    expect(findings(webhookPaths, webhook({ closed, open: open(8080) }))).toEqual([]);
    expect(findings(webhookPaths, webhook({ egress: { podSelector: {}, policyTypes: ['Egress'] } }))).toEqual([]);
  });

  test('refuses one that policies close, or open at another port', () => {
    const message =
      'Deployment team/web: no NetworkPolicy admits the API server to port 8080, on which ValidatingWebhookConfiguration web calls it';
    expect(findings(webhookPaths, webhook({ closed }))).toEqual([message]);
    expect(findings(webhookPaths, webhook({ closed, open: open(443) }))).toEqual([message]);
  });
});

describe('noCredentials', () => {
  const secret = (values: object) => (chart: Chart) => declare(chart, core.secrets, { metadata: { name: 'db' }, ...values });

  test('accepts a Secret that a controller fills, and variables that come from one', () => {
    expect(findings(noCredentials, secret({}))).toEqual([]);
    const env = [
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
      { name: 'DB_NAME', value: 'katib' },
    ];
    expect(findings(noCredentials, (chart) => workload(chart, { ...RESTRICTED, env }))).toEqual([]);
  });

  test('refuses values, the well-known ones by name', () => {
    expect(findings(noCredentials, secret({ data: { password: Buffer.from('test').toString('base64') } }))).toEqual([
      'Secret team/db: data.password holds a well-known value; refer to an existing Secret in its place',
    ]);
    expect(findings(noCredentials, secret({ stringData: { password: 'k3x9' } }))).toEqual([
      'Secret team/db: stringData.password holds a value; refer to an existing Secret in its place',
    ]);
    expect(
      findings(noCredentials, (chart) => workload(chart, { ...RESTRICTED, env: [{ name: 'MYSQL_ROOT_PASSWORD', value: 'x' }] })),
    ).toEqual(['Deployment team/web: the variable MYSQL_ROOT_PASSWORD has its value written; take it from a Secret']);
  });
});

describe('the rules have names', () => {
  const flawed = (container: object) => (chart: Chart) => workload(chart, { ...RESTRICTED, ...container }, RESTRICTED_POD);
  const security = (more: object) => flawed({ securityContext: { ...RESTRICTED.securityContext, ...more } });
  const POD_FLAWS: Readonly<Partial<Record<RuleId, (chart: Chart) => void>>> = {
    'kubernetes/no-resource-requests': flawed({ resources: {} }),
    'kubernetes/no-readiness-probe': flawed({ readinessProbe: undefined }),
    'kubernetes/privilege-escalation': security({ allowPrivilegeEscalation: true }),
    'kubernetes/kept-capabilities': security({ capabilities: {} }),
    'kubernetes/runs-as-root': security({ runAsNonRoot: false }),
    'kubernetes/no-seccomp-profile': security({ seccompProfile: { type: 'Unconfined' } }),
  };

  test.each(Object.entries(POD_FLAWS))('%s', (id, build = () => {}) => {
    expect(broken(podHygiene, assemble(build).model).map(({ rule }) => rule)).toEqual([id]);
  });

  test('of credentials, roles and webhooks', () => {
    expect(noCredentials.map(({ id }) => id)).toEqual(['kubernetes/written-secret', 'kubernetes/credential-in-environment']);
    expect(aggregatingRoles.id).toBe('kubernetes/overwritten-role');
    expect(webhookPaths.id).toBe('kubernetes/unreachable-webhook');
  });
});
