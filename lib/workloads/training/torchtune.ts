import type { Resources } from '../pod/resources';
import type { TrainJobFacts } from './train-job-rules';

/** Models that the trainer fine-tunes with torchtune, by what the name of the runtime says of them. */
const MODELS = ['llama3_2/1B', 'llama3_2/3B', 'llama3_3/70B', 'qwen2_5/1.5B'];

/** The one that several nodes can tune. */
const LARGE = 'llama3_3/70B';

/** The command with which the trainer itself writes the rest of torchtune's command line. */
const COMMAND = ['tune', 'run'];

/** What torchtune would refuse, or could not do: the trainer reads the model from the name of the runtime. */
export function torchtuneProblem(facts: TrainJobFacts, nodes: number): string | undefined {
  const { runtime, command = [] } = facts;
  const { name, shape } = runtime;
  const composed = COMMAND.join() === command.join() && (!shape || shape.policy === 'torch');
  if (!composed && !isTorchtune(facts)) return undefined;
  const model = modelOf(name);
  if (composed && !MODELS.includes(model))
    return `the trainer reads the model from the name of the runtime, and ${name} names none; call it torchtune-<model>-<size>, for one of ${MODELS.join(', ')}, or give the whole command`;
  if (nodes !== 1 && model !== LARGE) return `${name} tunes on one node, not on ${nodes}; leave nodes out`;
  return composed ? quantizationProblem(facts, model) : undefined;
}

function isTorchtune({ runtime: { shape } }: TrainJobFacts): boolean {
  return shape?.framework === 'torchtune' || shape?.trainer?.command?.slice(0, 2).join() === COMMAND.join();
}

/** `torchtune-llama3.2-1b` tunes `llama3_2/1B`. */
function modelOf(runtime: string): string {
  const [, model = '', size = '', ...more] = runtime.split('-');
  return more.length > 0 ? '' : `${model.replaceAll('.', '_')}/${size.toUpperCase()}`;
}

/** QLoRA: a base model that is quantized, and no DoRA. */
function quantizationProblem(facts: TrainJobFacts, model: string): string | undefined {
  const { args = [], processesPerNode } = facts;
  const says = (setting: string) => args.some((arg) => arg.includes(setting));
  if (!says('model.quantize_base') || says('model.use_dora')) return undefined;
  if (model.startsWith('qwen')) return `${model} cannot be tuned with QLoRA; leave model.quantize_base out`;
  const single = processesPerNode === 1 || gpusOf(facts) === 1;
  return single || !model.startsWith('llama3_2')
    ? undefined
    : `${model} is tuned with QLoRA by one process on one GPU; give processesPerNode: 1 and resources with one GPU`;
}

function gpusOf({ resources, runtime }: TrainJobFacts): number {
  return resources ? asked(resources) : configured(runtime.shape?.trainer?.resources?.limits);
}

function asked({ gpu }: Resources): number {
  return gpu && isGpu(gpu.resource) ? gpu.count : 0;
}

function configured(limits: Readonly<Record<string, number | string>> = {}): number {
  const [, count = 0] = Object.entries(limits).find(([resource]) => isGpu(resource)) ?? [];
  return Number(count);
}

/** As the trainer recognises one. */
function isGpu(resource: string): boolean {
  return resource.toLowerCase().includes('gpu');
}
