// One component in an app of one's own, without a platform around it.
import { App, Chart } from 'cdk8s';
import { core, declare, NamespaceBaseline, synth, TrainingOperator } from 'cdk8s-kubeflow';

const app = new App();

const ground = new Chart(app, 'ground');
new NamespaceBaseline(ground, 'kubeflow');

const operator = new TrainingOperator(app, 'training-operator', { gangScheduler: 'volcano', concurrency: 4 });
declare(operator, core.resourcequotas, { metadata: { name: 'training' }, spec: { hard: { pods: '20' } } });

synth(app);
