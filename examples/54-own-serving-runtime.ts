// A format that the release has no runtime for, served by a runtime of one's own.
import { App, Chart } from 'cdk8s';
import { Model, ModelRuntime, ModelServer, ServingRuntime, synth } from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

const runtime = new ServingRuntime(team, 'openvino', {
  supportedModelFormats: [{ name: 'openvino_ir', version: '1' }],
  protocolVersions: ['v2', 'grpc-v2'],
  containers: [
    {
      name: 'kserve-container',
      image: 'ghcr.io/my-org/openvino-server:2026.1',
      args: ['--model_name={{.Name}}', '--model_path=/mnt/models', '--rest_port=8080'],
      ports: [{ containerPort: 8080 }],
    },
  ],
});

new ModelServer(team, 'segments', {
  model: Model.of('openvino_ir', 's3://my-bucket/segments', {
    version: '1',
    protocol: 'v2',
    runtime: ModelRuntime.of(runtime),
  }),
});

synth(app);
