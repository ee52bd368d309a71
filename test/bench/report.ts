import type { StackFigures } from './engine';
import type { Lap } from './laps';
import type { Figures, Parts } from './measure';

/** A line: its name, figures, and at the end a remark. A name that is not indented is a heading. */
interface Row {
  readonly name: string;
  readonly figures?: readonly string[];
  readonly remark?: string;
}

/** What the library is to keep to; a figure that does not is told, no more, as machines differ. */
const AIM = {
  timesFaster: 4,
  timesFloor: 1.8,
  memory: 180,
  planMilliseconds: 1000,
  exponent: 1.05,
  seconds: 30,
  memoryOfMost: 1024,
};

/** The figures as one table. */
export function report(figures: Figures): string {
  return table([...release(figures), ...parts(figures), ...steps(figures), ...growth(figures)]);
}

/** What Pulumi's engine took, as another one. */
export function reportEngine(stacks: readonly StackFigures[]): string {
  return table([
    { name: "Pulumi's engine, each stack once", figures: ['up', 'preview', 'destroy', 'state'] },
    ...stacks.map(({ definitions, resources, up, preview, destroy, state }) => ({
      name: `  definitions ${definitions}, ${resources} resources`,
      figures: [seconds(up), seconds(preview), seconds(destroy), mb(state)],
    })),
  ]);
}

function table(rows: readonly Row[]): string {
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const widest = Math.max(...rows.flatMap(({ figures = [] }) => figures.map(({ length }) => length)));
  const lines = rows.map(({ name, figures = [], remark = '' }) => {
    const cells = [0, 1, 2, 3].map((column) => (figures[column] ?? '').padStart(widest));
    return `${name.startsWith(' ') ? '' : '\n'}${[name.padEnd(longest), ...cells, remark].join('  ').trimEnd()}\n`;
  });
  return lines.join('');
}

/** Headings of two times side by side. */
function compared(one: string, other: string): string[] {
  return [one, 'CPU', other, 'CPU'];
}

function release({ library, cdk8s, floor, steps }: Figures): Row[] {
  const times = cdk8s.call.cpu / library.call.cpu;
  const timesFloor = library.whole.cpu / floor;
  return [
    { name: `release of ${steps.objects} objects, fresh process`, figures: compared('cdk8s-kubeflow', 'app.synth()') },
    { name: '  whole process', figures: [...lap(library.whole), ...lap(cdk8s.whole)] },
    {
      name: '  Node, cdk8s and the same bytes',
      figures: ['', ms(floor)],
      remark: aim(`at most ${AIM.timesFloor} times of it`, timesFloor <= AIM.timesFloor, timesFloor.toFixed(2)),
    },
    {
      name: '  call alone',
      figures: [...lap(library.call), ...lap(cdk8s.call)],
      remark: aim(`${AIM.timesFaster} times less CPU`, times >= AIM.timesFaster, times.toFixed(1)),
    },
    {
      name: '  peak memory',
      figures: [mib(library.memory), '', mib(cdk8s.memory)],
      remark: aim(`at most ${mib(AIM.memory)}`, library.memory <= AIM.memory),
    },
    { name: '  files', figures: [`${library.output.files}`, '', `${cdk8s.output.files}`] },
    { name: '  output', figures: [mb(library.output.bytes), '', mb(cdk8s.output.bytes)] },
  ];
}

function parts({ library, cdk8s }: Figures): Row[] {
  return [
    { name: 'parts of the process', figures: compared('cdk8s-kubeflow', 'app.synth()') },
    ...sideBySide(library.parts, cdk8s.parts),
  ];
}

function steps({ steps, stepsOfTeams }: Figures): Row[] {
  const plan = stepsOfTeams.parts.plan?.cpu ?? 0;
  return [
    { name: 'steps alone', figures: compared(`${steps.objects} objects`, `${stepsOfTeams.objects} objects`) },
    ...sideBySide(steps.parts, stepsOfTeams.parts),
    {
      name: '  gates',
      figures: [`${steps.gates}`, '', `${stepsOfTeams.gates}`],
      remark: aim(`plan in at most ${ms(AIM.planMilliseconds)}`, plan <= AIM.planMilliseconds),
    },
  ];
}

function growth({ growth }: Figures): Row[] {
  const { points, exponent, lastExponent } = growth;
  const most = points.at(-1);
  return [
    { name: 'growth of the call', figures: ['wall', 'CPU', 'peak memory'] },
    ...points.map(({ size, call, memory }) => ({ name: `  ${size} tenants of 6 objects`, figures: [...lap(call), mib(memory)] })),
    {
      name: '  exponent',
      figures: ['', exponent.toFixed(2)],
      remark: aim(`at most ${AIM.exponent}`, exponent <= AIM.exponent),
    },
    { name: '  exponent of the last step', figures: ['', lastExponent.toFixed(2)] },
    ...(most
      ? [
          {
            name: `  whole process of ${most.size} tenants`,
            figures: ['', seconds(most.whole), mib(most.memory)],
            remark: aim(
              `at most ${AIM.seconds} s and ${mib(AIM.memoryOfMost)}`,
              most.whole <= 1000 * AIM.seconds && most.memory <= AIM.memoryOfMost,
            ),
          },
        ]
      : []),
  ];
}

function sideBySide(one: Parts, other: Parts): Row[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].map((name) => ({ name: `  ${name}`, figures: [...lap(one[name]), ...lap(other[name])] }));
}

function lap(lap: Lap | undefined): string[] {
  return lap ? [ms(lap.wall), ms(lap.cpu)] : ['', ''];
}

function aim(text: string, met: boolean, figure?: string): string {
  return `${text}: ${met ? 'met' : 'missed'}${figure ? ` (${figure})` : ''}`;
}

function ms(time: number): string {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

function seconds(time: number): string {
  return `${(time / 1000).toFixed(1)} s`;
}

function mib(size: number): string {
  return `${size.toFixed(0)} MiB`;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
