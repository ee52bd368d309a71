import type { Manifest } from '../../core/manifest';
import { isWorkload } from '../../core/model-index';
import type { Gate } from '../../core/plan/gates';
import type { Plan } from '../../core/plan/plan';
import { isDefinition } from '../../core/pods';
import { lanesOf } from './lanes';
import type { ComponentFiles } from './layout';

const COLUMN = 340;
const LANE = 96;
const BOX = { width: 256, height: 64 };
const MARGIN = { left: 24, top: 72, right: 24, bottom: 8 };
const NAMES = 184;
/** Objects that are told of a box, when somebody asks. */
const TOLD = 200;
/** Characters of the small type that fit in a box. */
const LINE = 42;

/** Objects of one lane in one wave. */
interface Group {
  /** Number of the lane. */
  readonly lane: number;
  readonly wave: number;
  readonly objects: Manifest[];
}

/**
 * The plan as a picture: a lane for each component, or for many of a sort; a column for each wave, and an arrow wherever one group of objects waits for
 * another. Hovering over an arrow tells why.
 */
export function diagram(plan: Plan, components: readonly ComponentFiles[]): string {
  const lanes = lanesOf(components);
  const groupOf = new Map<Manifest, Group>();
  const groups = new Map<string, Group>();
  for (const [lane, { components: together }] of lanes.entries()) {
    for (const object of together.flatMap(({ files }) => [...files.keys()])) {
      const wave = plan.waveOf(object);
      const key = `${lane}/${wave}`;
      const group = groups.get(key) ?? { lane, wave, objects: [] };
      group.objects.push(object);
      groups.set(key, group);
      groupOf.set(object, group);
    }
  }
  const x = (wave: number) => MARGIN.left + NAMES + wave * COLUMN;
  const y = (lane: number) => MARGIN.top + lane * LANE;
  const width = x(plan.waves.length - 1) + BOX.width + MARGIN.right;
  const height = MARGIN.top + lanes.length * LANE + MARGIN.bottom;

  const columns = plan.waves.map(
    (wave, index) =>
      `<text class="wave" x="${x(index)}" y="34">wave ${index}</text>` +
      `<text class="count" x="${x(index)}" y="52">${counted(wave.objects.length, 'object')}${wave.waits.length ? `, after ${counted(wave.waits.length, 'wait')}` : ''}</text>`,
  );
  const rows = lanes.map(
    ({ name }, index) =>
      `<rect class="lane${index % 2 ? ' odd' : ''}" x="0" y="${y(index) - 16}" width="${width}" height="${LANE}"/>` +
      `<text class="name" x="${MARGIN.left}" y="${y(index) + BOX.height / 2 + 5}">${escapeXml(name)}</text>`,
  );
  const boxes = [...groups.values()].map((group) => box(group, x(group.wave), y(group.lane)));
  const arrows = [...between(plan.gates, groupOf)].map(({ from, to, gates }) => {
    const start = { x: x(from.wave) + BOX.width, y: y(from.lane) + BOX.height / 2 };
    const end = { x: x(to.wave), y: y(to.lane) + BOX.height / 2 };
    const bend = (end.x - start.x) / 2;
    const reasons = [...new Set(gates.map(({ because, ready }) => `${because} (${ready})`))].slice(0, 12).join('\n');
    return (
      `<path class="gate" marker-end="url(#arrow)" d="M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x - 7} ${end.y}">` +
      `<title>${escapeXml(reasons)}</title></path>`
    );
  });

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>',
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...rows,
    ...columns,
    ...arrows,
    ...boxes,
    '</svg>',
    '',
  ].join('\n');
}

const STYLE = [
  'text{font:13px system-ui,sans-serif;fill:#1f2933}',
  '.paper{fill:#fff}.lane{fill:#f5f7fa}.lane.odd{fill:#fff}',
  '.wave{font-weight:600;font-size:15px}.name{font-weight:600}.count,.what{fill:#616e7c;font-size:11px}',
  '.box{fill:#e3f0ff;stroke:#4b87c5;stroke-width:1.2}.total{font-weight:600}',
  '.gate{fill:none;stroke:#9aa5b1;stroke-width:1.4}.gate:hover{stroke:#c0392b;stroke-width:2.4}.head{fill:#9aa5b1}',
].join('');

function box({ objects }: Group, left: number, top: number): string {
  const lines = summary(objects);
  return (
    `<g><title>${escapeXml(titles(objects))}</title>` +
    `<rect class="box" x="${left}" y="${top}" width="${BOX.width}" height="${BOX.height}" rx="6"/>` +
    `<text class="total" x="${left + 12}" y="${top + 22}">${counted(objects.length, 'object')}</text>` +
    lines
      .map((line, index) => `<text class="what" x="${left + 12}" y="${top + 39 + index * 15}">${escapeXml(line)}</text>`)
      .join('') +
    '</g>'
  );
}

function titles(objects: readonly Manifest[]): string {
  const more = objects.length - TOLD;
  const told = objects.slice(0, TOLD).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

/** What a reader looks for: definitions and workloads, then the kinds that occur most. */
function summary(objects: readonly Manifest[]): string[] {
  const definitions = objects.filter(isDefinition).length;
  const workloads = objects.filter(isWorkload).length;
  const kinds = new Map<string, number>();
  for (const object of objects)
    if (!isDefinition(object) && !isWorkload(object)) kinds.set(object.kind, (kinds.get(object.kind) ?? 0) + 1);
  const most = [...kinds].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 2);
  return [
    [counted(definitions, 'definition'), counted(workloads, 'workload')].filter(Boolean).join(', '),
    most.map(([kind, count]) => `${count} ${kind}`).join(', '),
  ]
    .filter((line) => line !== '')
    .map((line) => (line.length > LINE ? `${line.slice(0, LINE - 1)}…` : line));
}

/** The gates between each two groups. */
function between(
  gates: readonly Gate[],
  groupOf: ReadonlyMap<Manifest, Group>,
): Iterable<{ from: Group; to: Group; gates: Gate[] }> {
  const pairs = new Map<Group, Map<Group, Gate[]>>();
  const found: { from: Group; to: Group; gates: Gate[] }[] = [];
  for (const gate of gates) {
    const from = groupOf.get(gate.waitsFor) as Group;
    const to = groupOf.get(gate.object) as Group;
    const ofGroup = pairs.get(from) ?? new Map<Group, Gate[]>();
    pairs.set(from, ofGroup);
    const known = ofGroup.get(to);
    if (known) known.push(gate);
    else {
      const list = [gate];
      ofGroup.set(to, list);
      found.push({ from, to, gates: list });
    }
  }
  return found;
}

/** `3 objects`; nothing for none. */
function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
