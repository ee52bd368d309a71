import { createHash } from 'node:crypto';
import type { Chart } from 'cdk8s';
import { groupOf } from '../../core/kind';
import type { Manifest } from '../../core/manifest';
import type { ObjectModel } from '../../core/object-model';
import type { Plan } from '../../core/plan/plan';

/**
 * kubectl applies a folder in the order of its file names, and a namespace has to be there before its contents. So the Namespaces
 * of a wave stand in a folder that sorts first.
 */
const NAMESPACES = '00-namespaces';

/** A component: the objects of one chart. */
export interface ComponentFiles {
  readonly name: string;
  readonly chart: Chart;
  /** Path of each object's file below the output folder, in the order of the plan. */
  readonly files: ReadonlyMap<Manifest, string>;
}

/** `wave-N/<component>/<kind>-<name>.yaml`: a file for each object, named by nothing but the object. */
export function layout(model: ObjectModel, plan: Plan): ComponentFiles[] {
  const names = componentNames(model);
  const components = new Map<Chart, Map<Manifest, string>>();
  const taken = new Map<string, Set<string>>();
  const takenIn = (folder: string) => {
    const names = taken.get(folder) ?? new Set();
    taken.set(folder, names);
    return names;
  };
  for (const object of plan.objects) {
    const chart = model.chartOf(object);
    const folder = `wave-${plan.waveOf(object)}/${object.kind === 'Namespace' ? NAMESPACES : names.get(chart)}`;
    const file = `${folder}/${claim(fileNames(object, chart), takenIn(folder))}.yaml`;
    const files = components.get(chart) ?? new Map<Manifest, string>();
    components.set(chart, files.set(object, file));
  }
  return [...components]
    .map(([chart, files]) => ({ name: names.get(chart) ?? '', chart, files }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A chart's id names its component; where several charts have one id, their paths do. */
function componentNames(model: ObjectModel): Map<Chart, string> {
  const charts = [...new Set(model.manifests.map((manifest) => model.chartOf(manifest)))];
  const alike = new Map<string, number>();
  for (const { node } of charts) alike.set(sanitize(node.id), (alike.get(sanitize(node.id)) ?? 0) + 1);
  const taken = new Set<string>();
  return new Map(
    charts.map((chart) => {
      const id = sanitize(chart.node.id);
      const { path } = chart.node;
      const byPath = sanitize(path.replaceAll('/', '.'));
      // The last one is no other chart's: paths may differ in capitals alone.
      const names = [byPath, `${byPath}.${hash(path)}`];
      return [chart, claim((alike.get(id) === 1 ? [id, ...names] : names).map(afterNamespaces), taken)];
    }),
  );
}

function afterNamespaces(name: string): string {
  return name <= NAMESPACES ? `_${name}` : name;
}

/** The shortest name first; the longer ones are for objects that would share a file otherwise, the last is no other object's. */
function fileNames(object: Manifest, chart: Chart): string[] {
  const { name, namespace = '' } = object.metadata;
  const kind = object.kind.toLowerCase();
  const place = namespace && namespace !== chart.namespace ? `${namespace}.` : '';
  const group = groupOf(object.apiVersion) || 'core';
  return [
    sanitize(`${kind}-${place}${name}`),
    sanitize(`${kind}.${group}-${place}${name}`),
    `${kind}.${group}-${escaped(`${namespace}/${name}`)}`,
  ];
}

/** The first name that is free, which it is no longer then. */
function claim(candidates: readonly string[], taken: Set<string>): string {
  const name = candidates.map(shortened).find((candidate) => !taken.has(candidate)) ?? '';
  taken.add(name);
  return name;
}

/** Characters that a name may have: file systems take 255, and `.yaml` comes after it. */
const LONGEST = 240;

/** A name that file systems take; what is cut off of two names differs in the end of the new ones. */
function shortened(name: string): string {
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 17)}-${hash(name)}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** A name that every file system takes, whether or not it tells capital letters. Several texts may become one name. */
function sanitize(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9._-]/g, '_');
}

/** The same, but no two texts become one name; and it is none that `sanitize` makes, for anything that needs escaping. */
function escaped(text: string): string {
  return text.replace(/[^a-z0-9.-]/gu, (character) => `%${character.codePointAt(0)?.toString(16)}%`);
}
