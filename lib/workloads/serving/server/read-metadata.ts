import type { DeploymentMode } from '../../../contracts';
import type { ObjectOptions } from '../../named';
import type { QueueSource } from '../../queue/queue';
import type { Autoscaler } from '../scaling/scale-on';

/** Options on which more depends than a label or an annotation. */
interface Owned extends ObjectOptions {
  readonly deploymentMode?: DeploymentMode;
  readonly autoscaler?: Autoscaler;
  readonly queue?: QueueSource;
}

/** Annotation with the mode of a server or of a graph. */
export const MODE = 'serving.kserve.io/deploymentMode';
const AUTOSCALER = 'serving.kserve.io/autoscalerClass';
const CLASS = 'autoscaling.knative.dev/class';
const QUEUE = 'kueue.x-k8s.io/queue-name';

/** The modes by the names that the annotation may have, the older ones too, which KServe's webhook rewrites. */
const MODES: Readonly<Record<string, DeploymentMode>> = {
  Knative: 'Knative',
  Serverless: 'Knative',
  Standard: 'Standard',
  RawDeployment: 'Standard',
};

const AUTOSCALERS: readonly string[] = ['hpa', 'keda', 'external', 'none'] satisfies readonly Autoscaler[];

/** The options with those that were written as a label or an annotation; an option that is given stays. */
export function withWritten<Options extends Owned>(options: Options): Options {
  const { labels = {}, annotations = {} } = options;
  const deploymentMode = options.deploymentMode ?? MODES[annotations[MODE] ?? ''];
  const autoscaler = options.autoscaler ?? autoscalerIn(annotations, deploymentMode);
  const queue = options.queue ?? labels[QUEUE];
  return {
    ...options,
    // The older name would stand against the option, and the object change behind everyone's back.
    ...(annotations[MODE] !== undefined &&
      deploymentMode === MODES[annotations[MODE]] && { annotations: { ...annotations, [MODE]: deploymentMode } }),
    ...(deploymentMode && { deploymentMode }),
    ...(autoscaler && { autoscaler }),
    ...(queue && { queue }),
  };
}

function autoscalerIn(annotations: Readonly<Record<string, string>>, mode: DeploymentMode | undefined): Autoscaler | undefined {
  const named = annotations[AUTOSCALER];
  if (named !== undefined) return AUTOSCALERS.includes(named) ? (named as Autoscaler) : undefined;
  return mode !== 'Standard' && annotations[CLASS]?.startsWith('hpa.') ? 'hpa' : undefined;
}
