import type { Chart } from 'cdk8s';
import { groupOf } from '../kind';
import type { Manifest } from '../manifest';
import type { ObjectModel } from '../object-model';
import type { Plan } from '../plan/plan';

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
  const taken = new Map<string, Manifest>();
  for (const object of plan.objects) {
    const chart = model.chartOf(object);
    const folder = object.kind === 'Namespace' ? NAMESPACES : (names.get(chart) ?? '');
    const candidates = fileNames(object, chart).map((name) => `wave-${plan.waveOf(object)}/${folder}/${name}.yaml`);
    const file = candidates.find((candidate) => !taken.has(candidate)) ?? '';
    taken.set(file, object);
    const files = components.get(chart) ?? new Map<Manifest, string>();
    components.set(chart, files.set(object, file));
  }
  return [...components]
    .map(([chart, files]) => ({ name: names.get(chart) ?? '', chart, files }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A chart's id names its component; where several charts have one id, their paths do. */
function componentNames(model: ObjectModel): Map<Chart, string> {
  const charts = new Set(model.manifests.map((manifest) => model.chartOf(manifest)));
  const ids = [...charts].map((chart) => chart.node.id);
  return new Map(
    [...charts].map((chart) => {
      const unique = ids.indexOf(chart.node.id) === ids.lastIndexOf(chart.node.id);
      const name = sanitize(unique ? chart.node.id : chart.node.path.replaceAll('/', '.'));
      return [chart, name < NAMESPACES ? `_${name}` : name];
    }),
  );
}

/** The shortest name first; the longer ones are for objects that would share a file otherwise. */
function fileNames(object: Manifest, chart: Chart): string[] {
  const { name, namespace } = object.metadata;
  const kind = object.kind.toLowerCase();
  const place = namespace && namespace !== chart.namespace ? `${namespace}.` : '';
  const group = groupOf(object.apiVersion);
  return [
    `${kind}-${place}${name}`,
    `${kind}.${group}-${place}${name}`,
    `${kind}.${group}-${encodeURIComponent(`${place}${name}`)}`,
  ].map(sanitize);
}

/** A name that every file system takes. */
function sanitize(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9._%-]/g, '_');
}
