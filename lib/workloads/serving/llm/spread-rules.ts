import type { LLMInferenceServiceSpec, Prefill } from '../../../../crds-imports/serving.kserve.io';
import { LLM_PRESETS } from '../../../components/kserve/llm-presets';
import { error, type Rule, warning } from '../../../core/rule';
import { parallelArguments } from './parallelism';
import { presetNames, type Shape } from './preset-names';
import type { LLMFacts } from './rules';

type Side = { readonly called: string; readonly own: Prefill; readonly bases: readonly Prefill[] };

/** Decode and prefill with what the bases, as far as they are known, say of them. */
function sides({ spec, bases }: LLMFacts): Side[] {
  const prefills = bases.flatMap((base) => base.prefill ?? []);
  return [
    { called: 'the service', own: spec, bases },
    ...((spec.prefill ?? prefills[0]) ? [{ called: 'prefill', own: spec.prefill ?? {}, bases: prefills }] : []),
  ];
}

const hasWorker = ({ own, bases }: Side) => [own, ...bases].some(({ worker }) => worker !== undefined);
const argumentsOf = ({ template }: Prefill) => template?.containers?.find(({ name }) => name === 'main')?.args ?? [];

const inSides = (check: (side: Side, facts: LLMFacts) => string | undefined) => (facts: LLMFacts) => {
  const wrong = sides(facts).flatMap((side) => {
    const found = check(side, facts);
    return found ? [`${side.called} ${found}`] : [];
  });
  return wrong.length > 0 ? wrong.join(', and ') : undefined;
};

/** What the service is with the bases that are known. */
function shapeOf({ spec, bases }: LLMFacts): Shape {
  const all = [spec, ...[...bases].reverse()];
  const first = <Key extends keyof LLMInferenceServiceSpec>(key: Key) => all.find((one) => one[key] !== undefined)?.[key];
  const [worker, parallelism, prefill, router] = [first('worker'), first('parallelism'), first('prefill'), first('router')];
  return { worker, parallelism, prefill, router } as Shape;
}

/** The presets that a service needs and that nobody declares. */
function missing(facts: LLMFacts): string[] {
  return presetNames(shapeOf(facts)).filter((name) => !facts.configs.includes(name));
}

/** The rules of how a language model is spread, and of the presets that say it to the program. */
export const SPREAD_RULES: readonly Rule<LLMFacts>[] = [
  error(
    'kserve/data-without-workers',
    'Data that is spread over more than one node needs workers there.',
    inSides((side, { unknownBases }) => {
      const { data, dataLocal } = side.own.parallelism ?? {};
      if (unknownBases || hasWorker(side) || data === undefined || dataLocal === undefined || data === dataLocal)
        return undefined;
      return `spreads data ${data} times over nodes with ${dataLocal} each, but has no workers; give workers, or dataLocal: ${data}`;
    }),
  ),
  error(
    'kserve/unspread-model',
    "KServe's presets tell the program on one node nothing of its parallelism, so further GPUs would stay idle.",
    inSides((side) => {
      if (hasWorker(side)) return undefined;
      const { data, dataLocal, ...sizes } = side.own.parallelism ?? {};
      const wanted = parallelArguments(data === dataLocal ? { ...sizes, data } : sizes);
      const lost = wanted.filter((argument) => !argumentsOf(side.own).includes(argument));
      return lost.length > 0
        ? `has a parallelism that its arguments do not say; give args ${lost.join(' ')}, or say parallelism outside of overrides`
        : undefined;
    }),
  ),
  error(
    'kserve/parallelism-of-a-base',
    "KServe's presets for workers read the parallelism of the service itself, not that of its bases.",
    inSides((side) =>
      hasWorker(side) && side.own.parallelism === undefined && side.bases.some(({ parallelism }) => parallelism)
        ? 'has workers whose parallelism only a base says, where the presets do not find it; say parallelism here, too'
        : undefined,
    ),
  ),
  warning(
    'kserve/replaced-base-arguments',
    'Arguments are merged as a whole: those of a service take the place of those of its bases.',
    inSides((side) => {
      const own = argumentsOf(side.own);
      const lost = side.bases.flatMap(argumentsOf).filter((argument) => !own.includes(argument));
      return own.length > 0 && lost.length > 0
        ? `has arguments, which take the place of those of its bases (${lost.join(' ')}); repeat what is to stay`
        : undefined;
    }),
  ),
  error(
    'kserve/missing-pipeline-preset',
    'Workers over which the layers are spread have presets that no release of KServe brings.',
    (facts) => {
      const wanted = missing(facts).filter((name) => name.endsWith('pipeline-parallel'));
      return wanted.length > 0
        ? `KServe has no preset ${wanted.join(', ')}; spread by data and dataLocal, or by pipeline on one node without workers, or declare an LLMInferenceServiceConfig of that name before`
        : undefined;
    },
  ),
  warning(
    'kserve/missing-presets',
    "Without KServe's presets its controller makes nothing of a language model, whatever it says itself.",
    (facts) => {
      const wanted = facts.presets ? [] : missing(facts).filter((name) => Object.hasOwn(LLM_PRESETS, name));
      return wanted.length > 0
        ? `KServe looks for its presets ${wanted.join(', ')}, which the platform does not install; say llm: true of KServe, or llmPresets: true of KServe.existing where they are there`
        : undefined;
    },
  ),
  error(
    'kserve/no-language-model',
    'A service says which model it serves, or one of its bases does.',
    ({ spec, bases, unknownBases }) =>
      spec.model || unknownBases || bases.some(({ model }) => model)
        ? undefined
        : 'neither the service nor one of its bases has a model; give model',
  ),
];
