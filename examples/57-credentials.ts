// Access to the stores of models: a Secret that the namespace has for MinIO, a role of AWS, and a token of Hugging Face.
import { App, Chart } from 'cdk8s';
import { Model, ModelServer, StorageCredentials, synth } from 'cdk8s-kubeflow';
import { Secret } from 'cdk8s-plus-28';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

const minio = new StorageCredentials(team, 'minio', { s3: { secret: Secret.fromSecretName(team, 'minio-key', 'minio-key') } });
const cloud = new StorageCredentials(team, 'cloud', {
  s3: { roleArn: 'arn:aws:iam::111122223333:role/models', region: 'eu-central-1' },
  huggingFace: { secret: 'hugging-face' },
});

new ModelServer(team, 'iris', { model: Model.sklearn('s3://my-bucket/models/iris'), credentials: minio });
new ModelServer(team, 'flowers', { model: Model.onnx('s3://my-bucket/repository', { name: 'flowers' }), credentials: cloud });
new ModelServer(team, 'llama', { model: Model.huggingface('hf://meta-llama/Llama-3.2-1B-Instruct'), credentials: cloud });

synth(app);
