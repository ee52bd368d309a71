// A server of one's own as a plain Deployment on chosen nodes, scaled by a query in Prometheus, also to zero.
import { App, Chart, Size } from 'cdk8s';
import { EnvFrom, Gpu, ModelServer, Mount, Scale, ScaleOn, synth } from 'cdk8s-kubeflow';
import { Cpu } from 'cdk8s-plus-28';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

new ModelServer(team, 'ranker', {
  image: 'ghcr.io/my-org/ranker:2.3',
  args: ['--model', '/models/ranker'],
  env: { PROTOCOL: 'v2', TOKEN: EnvFrom.secret('hub', 'token') },
  mounts: { '/models': Mount.claim('models', { readOnly: true }) },
  ports: [{ name: 'http1', containerPort: 8080 }],
  probes: { readiness: { httpGet: { path: '/ready', port: 8080 } } },
  resources: { cpu: Cpu.units(4), memory: Size.gibibytes(16), gpu: Gpu.nvidia(1) },
  nodeSelector: { pool: 'gpu' },
  tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
  deploymentMode: 'Standard',
  autoscaler: 'keda',
  scale: Scale.between(0, 8, {
    on: ScaleOn.prometheus({
      serverAddress: 'http://prometheus.monitoring.svc.cluster.local:9090',
      query: 'sum(rate(ranker_requests_total[2m]))',
      target: 20,
    }),
  }),
});

synth(app);
