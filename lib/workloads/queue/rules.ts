import { DNS_SUBDOMAIN, problem } from '../../core/names';
import { error, type Rule } from '../../core/rule';
import { type QueueSource, queueOf } from './queue';

/** The rules of jobs that wait in a queue. */
export const QUEUE_RULES: readonly Rule<{ readonly queue?: QueueSource }>[] = [
  error(
    'kueue/invalid-queue-name',
    'Kueue finds no queue under a name that Kubernetes takes for no object, and the job waits for ever.',
    ({ queue }) => {
      const name = queueOf(queue)?.name;
      return name === undefined ? undefined : problem(name, DNS_SUBDOMAIN)?.replace('the name', 'the queue');
    },
  ),
  error('kueue/execution-time-too-short', "Kueue's webhook refuses an execution time below one second.", ({ queue }) => {
    const seconds = queueOf(queue)?.options.maxExecutionTime?.toSeconds();
    return seconds === undefined || seconds >= 1 ? undefined : `maxExecutionTime is ${seconds} seconds, must be at least 1`;
  }),
];

/** What is told of a job in a queue whose pods ask for nothing. @param pods how messages call them */
export function unmeasured(pods: string): string {
  return `${pods} in a queue ask for no resources, so Kueue counts them as nothing; give resources`;
}
