import { error, type Rule } from '../../../core/rule';
import { partsOf, type ServerFacts } from '../server/facts';
import { type Asked, autoSelected, type Candidate, type Choice, fitting, programOf, serves } from './choice';

/** The rules of runtimes. */
export const RUNTIME_RULES: readonly Rule<ServerFacts>[] = [
  error(
    'kserve/format-without-runtime',
    'A server whose format, version and protocol no runtime serves never becomes ready.',
    (facts) => (facts.asked && facts.choice?.unfit ? unfitness(facts, facts.asked, facts.choice) : undefined),
  ),
  error('kserve/no-model-repository', 'Triton loads a repository: a folder with a folder for each model.', (facts) => {
    const { storageUri = '' } = facts.spec.predictor?.model ?? {};
    const { runtime } = facts.choice ?? {};
    const file = /[^/]+\.(onnx|plan|engine|pt|pth|pb)$/.exec(storageUri)?.[0];
    return file !== undefined && runtime && programOf(runtime) === 'tritonserver'
      ? `${runtime.name} finds no model in the file ${file}; name a folder that has it as <model>/1/model${file.slice(file.lastIndexOf('.'))}`
      : undefined;
  }),
  error('kserve/invalid-runtime-version', 'The version of a runtime becomes the tag of its image.', (facts) => {
    const tag = partsOf(facts)[0]?.spec.model?.runtimeVersion;
    return tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)
      ? `runtimeVersion is ${JSON.stringify(tag)}, must be the tag of an image`
      : undefined;
  }),
];

function unfitness(facts: ServerFacts, asked: Asked, { runtime, unfit, protocol }: Choice): string | undefined {
  const named = `the runtime ${asked.runtime}`;
  const { protocolVersions = [], supportedModelFormats = [] } = runtime?.shape ?? {};
  switch (unfit) {
    case 'missing':
      return missing(facts, asked.runtime ?? '');
    case 'disabled':
      return `${named} is disabled`;
    case 'protocol':
      return `${named} speaks ${protocolVersions.join(', ')}, not ${asked.protocol}`;
    case 'format': {
      const same = supportedModelFormats.filter(({ name }) => name === asked.format);
      return same.length === 0
        ? `${named} serves ${[...new Set(supportedModelFormats.map(({ name }) => name))].join(', ')}, not ${asked.format}`
        : `${named} serves ${asked.format} ${same.map(({ version }) => version ?? 'without a version').join(', ')}, not ${asked.version}`;
    }
    case 'workers':
      return asked.workers
        ? `${named} serves from one node only; leave workers out, or take a runtime with a workerSpec, for instance kserve-huggingfaceserver-multinode`
        : `${named} serves from several nodes; give workers, or take another runtime`;
    default:
      return notChosen(facts, { ...asked, protocol });
  }
}

/** Nothing is said of a runtime that only the cluster may know. */
function missing({ runtimes, runtime }: ServerFacts, named: string): string | undefined {
  if (!runtimes.complete || (runtime?.name === named && !runtime.isShipped)) return undefined;
  const there = runtimes.groups.flat().map(({ name }) => name);
  return `there is no runtime ${named}; the cluster has ${there.join(', ') || 'none'}; declare one before the servers that it runs`;
}

function notChosen({ runtimes, spec }: ServerFacts, asked: Asked): string {
  const said = [asked.format, ...(asked.version === undefined ? [] : [asked.version])].join(' ');
  const whose = runtimes.complete ? 'the cluster' : 'the release';
  const assumed = spec.predictor.model?.protocolVersion === undefined && asked.format !== 'triton';
  const protocol = `the protocol ${asked.protocol}${assumed ? ', which KServe assumes where none is named' : ''}`;
  const [other] = fitting({ ...asked, workers: !asked.workers }, runtimes.groups);
  if (other)
    return `no runtime of ${whose} is chosen for ${said} on ${asked.workers ? 'several nodes' : 'one node'}; ${other.name} serves it from ${asked.workers ? 'one node only; leave workers out' : 'several nodes; give workers'}`;
  return `no runtime of ${whose} is chosen for ${said} with ${protocol}; it has ${offers(runtimes.groups.flat(), asked)}; name one of them, or a runtime; one of yours is declared before its servers`;
}

function offers(candidates: readonly Candidate[], { format, workers }: Asked): string {
  const chosen = candidates
    .filter(({ shape }) => !shape.disabled && !shape.multiModel && (shape.workerSpec !== undefined) === workers)
    .map(({ shape }) => autoSelected(shape));
  const found = chosen
    .filter((shape) => serves({ format, workers }, shape))
    .flatMap(({ supportedModelFormats = [], protocolVersions = [] }) =>
      supportedModelFormats
        .filter(({ name }) => name === format)
        .map(({ version }) =>
          [format, ...(version === undefined ? [] : [version]), 'with', protocolVersions.join(' or ')].join(' '),
        ),
    );
  if (found.length > 0) return found.join(', ');
  const formats = chosen.flatMap(({ supportedModelFormats = [] }) => supportedModelFormats.map(({ name }) => name));
  return [...new Set(formats)].join(', ') || 'none';
}
