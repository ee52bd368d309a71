import { Size } from 'cdk8s';
import { TrainedModel, type TrainedModelProps } from '../../../../../lib';
import { workload } from '../../draft';
import { type Every, oneOf, options, whole } from '../../options';
import { labels, names, word } from '../../texts';

const modelOptions: Every<TrainedModelProps> = {
  server: word,
  name: names(50),
  labels,
  annotations: labels,
  framework: oneOf('sklearn', 'pytorch'),
  storageUri: oneOf('s3://bucket/model', 'gs://bucket/model', 'https://example.com/model.tar.gz', 'pvc://claim/model'),
  memory: whole(1, 4096).map(Size.mebibytes),
};

const all = ['server', 'framework', 'storageUri', 'memory'] as const;

/** One of several models of a server. */
export const trainedModels = workload<TrainedModelProps>({
  title: 'TrainedModel',
  names: names(253),
  props: options(modelOptions, all),
  options: Object.keys(modelOptions),
  declare: (chart, name, props) => new TrainedModel(chart, name, props),
});
