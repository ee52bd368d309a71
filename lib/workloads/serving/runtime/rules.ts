import type { ServedRuntime } from '../../../contracts';
import { error, type Rule } from '../../../core/rule';
import { partsOf, type ServerFacts } from '../server/facts';
import { unsupported, V2_FORMATS } from './formats';

/**
 * The runtime of a name: one that the model was given, or else what is known by the name.
 *
 * @returns undefined where nobody knows the runtime, or nobody knows it here
 */
export function shapeOf({ runtime, runtimes }: ServerFacts, named: string): ServedRuntime | undefined {
  return runtime?.name === named && !runtime.isShipped ? runtime.shape : runtimes.shapes[named];
}

/** Whether a name is none of the cluster's runtimes, for certain. */
function missing({ runtime, runtimes }: ServerFacts, named: string): boolean {
  const given = runtime?.name === named && !runtime.isShipped;
  return !given && runtimes.complete && !Object.hasOwn(runtimes.shapes, named);
}

/** The rules of runtimes. */
export const RUNTIME_RULES: readonly Rule<ServerFacts>[] = [
  error(
    'kserve/format-without-runtime',
    'A server whose format, version and protocol no runtime serves never becomes ready.',
    (facts) => {
      const { modelFormat, protocolVersion, runtime: named } = facts.spec.predictor?.model ?? {};
      if (!modelFormat) return undefined;
      const { name: format, version } = modelFormat;
      const model = { format, version, protocol: protocolVersion ?? (V2_FORMATS.includes(format) ? 'v2' : 'v1') };
      return named === undefined ? notChosen(facts, model) : notServed(facts, named, model);
    },
  ),
  error('kserve/invalid-runtime-version', 'The version of a runtime becomes the tag of its image.', (facts) => {
    const tag = partsOf(facts)[0]?.spec.model?.runtimeVersion;
    return tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)
      ? `runtimeVersion is ${JSON.stringify(tag)}, must be the tag of an image`
      : undefined;
  }),
];

type Served = Parameters<typeof unsupported>[1];

function notServed(facts: ServerFacts, named: string, model: Served): string | undefined {
  if (missing(facts, named))
    return `there is no runtime ${named}; the cluster has ${Object.keys(facts.runtimes.shapes).join(', ') || 'none'}; declare one before the servers that it runs`;
  const shape = shapeOf(facts, named);
  if (shape?.disabled) return `the runtime ${named} is disabled`;
  if (shape?.multiModel) return `the runtime ${named} serves several models; take one for a single model`;
  const wrong = shape && unsupported(shape, model);
  return wrong ? `the runtime ${named} ${wrong}` : undefined;
}

function notChosen({ runtimes }: ServerFacts, model: Served): string | undefined {
  const chosen = Object.values(runtimes.shapes)
    .filter(({ disabled, multiModel }) => !disabled && !multiModel)
    .map((shape) => ({
      ...shape,
      supportedModelFormats: shape.supportedModelFormats?.filter(({ autoSelect }) => autoSelect),
    }));
  if (chosen.some((shape) => unsupported(shape, model) === undefined)) return undefined;
  const said = [model.format, ...(model.version === undefined ? [] : [model.version])].join(' ');
  const whose = runtimes.complete ? 'the cluster' : 'the release';
  return `no runtime of ${whose} is chosen for ${said} with the protocol ${model.protocol}; it has ${offers(chosen, model.format)}; name one of them, or a runtime; one of yours is declared before its servers`;
}

function offers(shapes: readonly ServedRuntime[], format: string): string {
  const found = shapes.flatMap(({ supportedModelFormats = [], protocolVersions = [] }) =>
    supportedModelFormats
      .filter(({ name }) => name === format)
      .map(({ version }) => `${format} ${version} with ${protocolVersions.join(' or ')}`),
  );
  if (found.length > 0) return found.join(', ');
  const formats = shapes.flatMap(({ supportedModelFormats = [] }) => supportedModelFormats.map(({ name }) => name));
  return [...new Set(formats)].join(', ') || 'none';
}
