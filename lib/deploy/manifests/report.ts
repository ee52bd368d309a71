import type { Assembly } from '../../core/assembly';
import { type Finding, groups, line } from '../../core/finding';
import type { ComponentFiles } from './layout';
import type { WriteResult } from './output/output';

/** How many notes a report tells; the others are counted. */
const NOTES = 10;

/** What a synthesis made, in a few lines for a terminal. */
export function report(
  assembly: Assembly,
  components: readonly ComponentFiles[],
  result: WriteResult,
  folder: string,
  milliseconds: number,
): string {
  const { plan, findings, rulesLeftToServer, images } = assembly;
  const count = plan.objects.length;
  const width = Math.max(...components.map(({ name }) => name.length), 9);
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const notes = findings.filter(({ severity }) => severity === 'note');
  const sizes = plan.waves.length > 0 ? ` (${plan.waves.map(({ objects }) => objects.length).join(' + ')})` : '';
  const counts = [
    plural(components.length, 'component'),
    plural(count, 'object'),
    plural(images.length, 'image'),
    `${plural(plan.waves.length, 'wave')}${sizes}`,
    plural(plan.gates.length, 'gate'),
  ];
  return [
    ...components.map(({ name, files }) => `  ${name.padEnd(width)} ${plural(files.size, 'object')}`),
    '',
    counts.join(', '),
    ...(rulesLeftToServer > 0 ? [`${plural(rulesLeftToServer, 'CEL rule')} left to the API server`] : []),
    ...told('warning', warnings),
    ...told('note', notes),
    `${folder}: ${result.written} written, ${result.unchanged} unchanged, ${result.removed} removed, in ${Math.round(milliseconds)} ms`,
    ...(count > 0
      ? [`apply: kubectl apply --server-side -R -f ${folder}/wave-0, then wait for what ${folder}/plan.json names, and so on`]
      : []),
  ].join('\n');
}

function told(title: string, findings: readonly Finding[]): string[] {
  const alike = groups(findings);
  const more = alike.slice(NOTES).flat().length;
  return [
    ...alike.slice(0, NOTES).map(([first, ...rest]) => {
      const others = rest.length > 0 ? ` (and ${plural(rest.length, 'more time')})` : '';
      return `${title}: ${line(first)}${others}`;
    }),
    ...(more > 0 ? [`and ${plural(more, `more ${title}`)}`] : []),
  ];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
