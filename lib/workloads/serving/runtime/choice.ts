import type { ServedRuntime } from '../../../contracts';

/**
 * KServe's choice of the program that serves a model, as its controller makes it.
 *
 * @see https://github.com/kserve/kserve/blob/v0.18.0/pkg/apis/serving/v1beta1/predictor_model.go
 */

/** A runtime that KServe may choose. */
export interface Candidate {
  readonly name: string;
  readonly shape: ServedRuntime;
}

/** What a model asks of its runtime. */
export interface Asked {
  readonly format: string;
  readonly version?: string;
  readonly protocol?: string;
  /** Name of a runtime. */
  readonly runtime?: string;
  /** Whether it is spread over several nodes. */
  readonly workers: boolean;
}

/** Why a runtime that was named cannot serve a model; `none` where nothing was named and nothing fits. */
export type Unfit = 'missing' | 'disabled' | 'protocol' | 'format' | 'workers' | 'none';

/** What comes of it. */
export interface Choice {
  /** The runtime; undefined where there is none, or where only the cluster knows it. */
  readonly runtime?: Candidate;
  /** The protocol in which the server answers in the end. */
  readonly protocol: string;
  readonly unfit?: Unfit;
}

/** The protocols in KServe's order, of which a server takes the first that its runtime speaks. */
const PROTOCOLS = ['v1', 'v2', 'grpc-v1', 'grpc-v2'];

/** The protocol of a model that names none, before its runtime is chosen. */
const ASSUMED = 'v1';

/** Programs whose protocol KServe sets where a model names none, by their type. */
const OF_PROGRAMS: Readonly<Record<string, string>> = { mlserver: 'v2', tritonserver: 'v2', torchserve: 'v1' };

/** Names that stand for a type where a runtime does not say its own. */
const TYPES_BY_NAME: Readonly<Record<string, string>> = {
  'kserve-mlserver': 'mlserver',
  'kserve-torchserve': 'torchserve',
  'kserve-tritonserver': 'tritonserver',
};

/** The program of a runtime. */
export function programOf({ name, shape }: Candidate): string | undefined {
  return shape.serverType ?? TYPES_BY_NAME[name];
}

/**
 * The runtime that KServe takes. A runtime that is named is held against the protocol only when the model names one.
 *
 * @param groups candidates of the namespace, and those of the cluster
 */
export function choose(asked: Asked, groups: readonly (readonly Candidate[])[]): Choice {
  const model = asked.protocol === undefined && asked.format === 'triton' ? { ...asked, protocol: 'v2' } : asked;
  if (model.runtime === undefined) {
    const [runtime] = fitting(model, groups);
    return runtime ? taken(model, runtime, groups) : { protocol: model.protocol ?? ASSUMED, unfit: 'none' };
  }
  const runtime = groups.flat().find(({ name }) => name === model.runtime);
  if (!runtime) return { protocol: model.protocol ?? ASSUMED, unfit: 'missing' };
  const unfit = misfit(model, runtime.shape);
  const choice = taken(model, runtime, groups);
  return unfit ? { ...choice, unfit } : choice;
}

/** The runtimes that fit a model that names none, the first choice first. */
export function fitting(model: Asked, groups: readonly (readonly Candidate[])[]): Candidate[] {
  const protocol = model.protocol ?? ASSUMED;
  const fits = ({ shape }: Candidate) =>
    !shape.disabled &&
    !shape.multiModel &&
    serves(model, autoSelected(shape)) &&
    speaks(protocol, shape) &&
    (shape.workerSpec !== undefined) === model.workers;
  return groups.flatMap((group) => group.filter(fits).sort(byProtocolAndName).sort(byPriority(model.format)));
}

/** Whether a runtime speaks a protocol; one that lists none speaks any. */
export function speaks(protocol: string, { protocolVersions = [] }: ServedRuntime): boolean {
  return protocolVersions.length === 0 || (protocolVersions as readonly string[]).includes(protocol);
}

/** Whether a runtime serves a format. A version is served only where the runtime lists it. */
export function serves({ format, version }: Asked, { supportedModelFormats = [] }: ServedRuntime): boolean {
  return supportedModelFormats.some((one) => one.name === format && (version === undefined || one.version === version));
}

/** A runtime with the formats for which it is chosen by itself. */
export function autoSelected(shape: ServedRuntime): ServedRuntime {
  return { ...shape, supportedModelFormats: shape.supportedModelFormats?.filter(({ autoSelect }) => autoSelect) };
}

function misfit(model: Asked, shape: ServedRuntime): Unfit | undefined {
  if (shape.disabled) return 'disabled';
  if (model.protocol !== undefined && !speaks(model.protocol, shape)) return 'protocol';
  if (!serves(model, shape)) return 'format';
  return (shape.workerSpec !== undefined) === model.workers ? undefined : 'workers';
}

/** KServe looks the program up by the name, which a runtime of the namespace may have, too. */
function taken(model: Asked, runtime: Candidate, groups: readonly (readonly Candidate[])[]): Choice {
  const program = programOf(groups.flat().find(({ name }) => name === runtime.name) ?? runtime);
  const protocol = model.protocol ?? OF_PROGRAMS[program ?? ''] ?? lowest(runtime.shape) ?? ASSUMED;
  return { runtime, protocol };
}

function lowest({ protocolVersions = [] }: ServedRuntime): string | undefined {
  return PROTOCOLS.find((protocol) => (protocolVersions as readonly string[]).includes(protocol));
}

/** Newer runtimes go before older ones of the same protocol, which only the cluster can tell; then names decide. */
function byProtocolAndName(one: Candidate, other: Candidate): number {
  return rank(one.shape) - rank(other.shape) || (one.name < other.name ? -1 : 1);
}

function rank(shape: ServedRuntime): number {
  const protocol = lowest(shape);
  return protocol === undefined ? PROTOCOLS.length : PROTOCOLS.indexOf(protocol);
}

/** A runtime with a priority goes before one without; the first entry of a format has it. */
function byPriority(format: string): (one: Candidate, other: Candidate) => number {
  const priority = ({ shape }: Candidate) =>
    shape.supportedModelFormats?.find(({ name }) => name === format)?.priority ?? Number.NEGATIVE_INFINITY;
  return (one, other) => {
    const [first, second] = [priority(one), priority(other)];
    return first === second ? 0 : second - first;
  };
}
