import { together } from '../../../core';
import { error, type Rule } from '../../../core/rule';
import { GoPattern } from '../../../core/schemas/go-pattern';
import { metricsOf } from '../objective';
import type { ExperimentFacts } from './facts';
import { canFind, DEFAULT_FILTER } from './filter';

/** Collectors that can stop a trial, for they read its lines as they come. */
const STOPPING = ['StdOut', 'File'];

/** The filters by which lines are read; undefined where none are. */
function filtersOf({ metrics }: ExperimentFacts): readonly string[] | undefined {
  if (!STOPPING.includes(metrics?.kind ?? 'StdOut') || metrics?.source.fileSystemPath?.format === 'JSON') return undefined;
  const { metricsFormat = [] } = metrics?.source.filter ?? {};
  return metricsFormat.length > 0 ? metricsFormat : [DEFAULT_FILTER];
}

/** A filter that finds some names and no others, as it is written in TypeScript. */
function naming(metrics: readonly string[]): string {
  const names = metrics.map((metric) => metric.replace(/[\\^$.*+?()[\]{}|]/g, '\\\\$&').replaceAll("'", "\\'"));
  return `(${names.join('|')})=([0-9.eE+-]+)`;
}

/** The webhook's own idea of two groups. */
const TWO_GROUPS = String.raw`\(.*\).*\(.*\)`;

/** The rules of the metrics collectors. */
export const METRICS_RULES: readonly Rule<ExperimentFacts>[] = [
  error(
    'katib/invalid-metrics-file',
    "Katib's webhook takes a file by its absolute path and a format that it reads; JSON is not filtered.",
    ({ metrics }) => {
      if (metrics?.kind !== 'File') return undefined;
      const { fileSystemPath: { path, format } = {}, filter } = metrics.source;
      return together([
        path !== undefined && !path.startsWith('/')
          ? `the file ${JSON.stringify(path)} of the metrics is no absolute path`
          : undefined,
        format !== undefined && !['TEXT', 'JSON'].includes(format)
          ? `the format of the metrics is ${JSON.stringify(format)}, must be TEXT or JSON`
          : undefined,
        format === 'JSON' && filter ? 'metrics in JSON take no filter' : undefined,
      ]);
    },
  ),
  error(
    'katib/relative-event-folder',
    "Katib's webhook takes the folder of TensorFlow's events as an absolute path.",
    ({ metrics }) => {
      const path = metrics?.kind === 'TensorFlowEvent' ? metrics.source.fileSystemPath?.path : undefined;
      return path === undefined || path.startsWith('/')
        ? undefined
        : `the directory ${JSON.stringify(path)} of the metrics is no absolute path`;
    },
  ),
  error('katib/invalid-metrics-endpoint', "Katib's webhook takes a port number and an absolute path.", ({ metrics }) => {
    const { port = 1, path = '/' } = metrics?.source.httpGet ?? {};
    return together([
      Number.isInteger(port) && port >= 1 && port <= 65535
        ? undefined
        : `the port of the metrics is ${port}, must be a whole number from 1 to 65535`,
      path.startsWith('/') ? undefined : `the path ${JSON.stringify(path)} of the metrics does not begin with "/"`,
    ]);
  }),
  error(
    'katib/relative-collector-path',
    'What a custom collector and its trial share is mounted at an absolute path.',
    ({ metrics }) => {
      const path = metrics?.kind === 'Custom' ? metrics.source.fileSystemPath?.path : undefined;
      return path === undefined || path.startsWith('/')
        ? undefined
        : `the path ${JSON.stringify(path)} of the custom collector is no absolute path`;
    },
  ),
  error(
    'katib/invalid-metrics-filter',
    'The collector reads a name and a value by a regular expression of Go with two groups.',
    ({ metrics }) =>
      together(
        (metrics?.source.filter?.metricsFormat ?? []).map((filter) => {
          const { problem } = GoPattern.of(filter);
          if (problem) return `the filter ${JSON.stringify(filter)} is no regular expression of Go: ${problem}`;
          return GoPattern.of(TWO_GROUPS).matches(filter)
            ? undefined
            : `the filter ${JSON.stringify(filter)} lacks two groups, for name and value`;
        }),
      ),
  ),
  // The collector gets the filters as one text.
  error('katib/unsplittable-filter', 'The collector gets its filters as one text, split at semicolons.', ({ metrics }) => {
    const wrong = metrics?.source.filter?.metricsFormat.find((filter) => filter.includes(';'));
    return wrong === undefined
      ? undefined
      : `the filter ${JSON.stringify(wrong)} has a ";", at which Katib splits filters; write \\x3b`;
  }),
  error(
    'katib/uncollectable-metric',
    'A trial whose metric no filter can find ends without one, and so does every other trial.',
    (facts) => {
      const filters = filtersOf(facts);
      const lost = metricsOf(facts.objective).filter((metric) => filters?.every((filter) => !canFind(filter, metric)));
      if (lost.length === 0) return undefined;
      const remedy = facts.metrics?.source.filter
        ? 'widen the first group of a filter'
        : `report names of letters, digits, "_", "-" and "|" alone, or give the collector a filter: ['${naming(metricsOf(facts.objective))}']`;
      return `no filter of the collector finds ${lost.map((metric) => JSON.stringify(metric)).join(', ')}, so every trial would end without ${lost.length > 1 ? 'them' : 'it'}; ${remedy}`;
    },
  ),
  error(
    'katib/unstoppable-collector',
    'Only collectors that read lines as they come can stop a trial early.',
    ({ metrics, earlyStopping }) => {
      const kind = metrics?.kind ?? 'StdOut';
      return earlyStopping && !STOPPING.includes(kind)
        ? `early stopping works with the collectors ${STOPPING.join(' and ')}, not with ${kind}`
        : undefined;
    },
  ),
];
