import * as fc from 'fast-check';
import {
  LocalModelCache,
  type LocalModelCacheProps,
  LocalModelNodeGroup,
  type LocalModelNodeGroupProps,
} from '../../../../../lib';
import { workload } from '../../draft';
import { type Every, oneOf, options } from '../../options';
import { size } from '../../pod';
import { labels, names, word } from '../../texts';
import { credentials } from '../storage/storage-credentials';

const groupOptions: Every<LocalModelNodeGroupProps> = {
  storageLimit: size,
  name: names(50),
  labels,
  annotations: labels,
  persistentVolume: oneOf<LocalModelNodeGroupProps['persistentVolume']>(
    { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, local: { path: '/models' }, volumeMode: 'Filesystem' },
    { accessModes: ['ReadOnlyMany'], capacity: { storage: '10Gi' }, hostPath: { path: '/models' }, storageClassName: 'local' },
  ),
  persistentVolumeClaim: oneOf<LocalModelNodeGroupProps['persistentVolumeClaim']>(
    { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    { accessModes: ['ReadWriteOnce'], storageClassName: 'local', volumeMode: 'Filesystem' },
  ),
};

const allOfGroup = ['storageLimit', 'persistentVolume', 'persistentVolumeClaim'] as const;

/** Nodes that keep models on their disks. */
export const localModelNodeGroups = workload<LocalModelNodeGroupProps>({
  title: 'LocalModelNodeGroup',
  names: names(253),
  props: options(groupOptions, allOfGroup),
  options: Object.keys(groupOptions),
  declare: (chart, name, props) => new LocalModelNodeGroup(chart, name, props),
});

const cacheOptions: Every<LocalModelCacheProps> = {
  sourceModelUri: oneOf('hf://owner/model', 's3://bucket/model', 'ftp://model'),
  modelSize: size,
  name: names(50),
  labels,
  annotations: labels,
  nodeGroups: fc.uniqueArray(word, { maxLength: 3 }),
  credentials,
  acknowledge: oneOf([], ['kserve/cache-without-agent']),
};

const allOfCache = ['sourceModelUri', 'modelSize', 'nodeGroups'] as const;

/** A model that nodes keep. */
export const localModelCaches = workload<LocalModelCacheProps>({
  title: 'LocalModelCache',
  names: names(253),
  props: options(cacheOptions, allOfCache),
  options: Object.keys(cacheOptions),
  declare: (chart, name, props) => new LocalModelCache(chart, name, props),
});
