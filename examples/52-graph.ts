// Two models behind one address: most requests to the old one, some to the new one, whose answers go through a second step.
import { App, Chart } from 'cdk8s';
import { GraphNode, GraphStep, InferenceGraph, Model, ModelServer, synth } from 'cdk8s-kubeflow';

const app = new App();
const team = new Chart(app, 'ml-team-a', { namespace: 'ml-team-a' });

const stable = new ModelServer(team, 'cats', { model: Model.sklearn('gs://my-bucket/cats') });
const next = new ModelServer(team, 'cats-next', { model: Model.onnx('gs://my-bucket/cats-next', { name: 'cats' }) });
const breeds = new ModelServer(team, 'breeds', { model: Model.xgboost('gs://my-bucket/breeds') });

new InferenceGraph(team, 'animals', {
  nodes: {
    root: GraphNode.splitter(GraphStep.server(stable, { weight: 80 }), GraphStep.node('next', { weight: 20 })),
    next: GraphNode.sequence(GraphStep.server(next), GraphStep.server(breeds, { data: '$response', dependency: 'Hard' })),
  },
});

synth(app);
