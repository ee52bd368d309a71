export { Queue, type QueueOptions, type QueueSource, type QueueTopology } from './queue';
