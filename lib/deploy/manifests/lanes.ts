import type { IConstruct } from 'constructs';
import type { ComponentFiles } from './layout';

/** A row of the picture: a component, or many that stand side by side in the tree. */
export interface Lane {
  readonly name: string;
  readonly components: readonly ComponentFiles[];
}

/** More of a sort, and nobody could read their rows. */
const MANY = 30;

/** A lane for each component; where a construct has many parts with equally many lanes, like tenants, those parts have one together. */
export function lanesOf(components: readonly ComponentFiles[]): Lane[] {
  const single = (component: ComponentFiles): Lane => ({ name: component.name, components: [component] });
  if (components.length <= MANY) return components.map(single);
  const charts = new Map<IConstruct, ComponentFiles>(components.map((component) => [component.chart, component]));
  const parts = partsOf(charts.keys());
  const lanesBelow = (construct: IConstruct): Lane[] => {
    const own = charts.get(construct);
    const alike = new Map<number, Lane[][]>();
    for (const part of parts.get(construct) ?? []) {
      const lanes = lanesBelow(part);
      const group = alike.get(lanes.length);
      if (group) group.push(lanes);
      else alike.set(lanes.length, [lanes]);
    }
    const below = [...alike.values()].flatMap((group) =>
      group.length > MANY ? [together(construct, group.flat())] : group.flat(),
    );
    return [...(own ? [single(own)] : []), ...below];
  };
  const roots = new Set(components.map(({ chart }) => chart.node.root));
  return [...roots].flatMap(lanesBelow).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function together(parent: IConstruct, lanes: readonly Lane[]): Lane {
  const components = lanes.flatMap((lane) => lane.components);
  return { name: `${components.length} charts of ${parent.node.path || 'the app'}`, components };
}

/** The parts of each construct that lead to one of some constructs. */
function partsOf(constructs: Iterable<IConstruct>): ReadonlyMap<IConstruct, ReadonlySet<IConstruct>> {
  const parts = new Map<IConstruct, Set<IConstruct>>();
  for (const construct of constructs)
    for (let part = construct; part.node.scope; part = part.node.scope) {
      const known = parts.get(part.node.scope) ?? new Set();
      parts.set(part.node.scope, known.add(part));
    }
  return parts;
}
