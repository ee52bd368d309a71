import type { PlanFile } from '../../../lib';
import { type Files, withoutWave } from './files';

type Wait = PlanFile['waves'][number]['waitFor'][number];

/** A plan as text: what each wave waits for, and which files are in it; the first wave has every file that is not named. */
export function planSummary(output: Files): string {
  const { waves } = JSON.parse(output.get('plan.json') ?? '') as PlanFile;
  return waves
    .flatMap(({ folder, waitFor }, wave) => {
      const files = [...output.keys()].filter((path) => path.startsWith(`${folder}/`)).map(withoutWave);
      const named = wave === 0 ? ['every file that no other wave has'] : files.sort();
      return [folder, ...waitFor.map((wait) => `  waits for ${waited(wait)}`), ...named.map((file) => `  ${file}`)];
    })
    .map((line) => `${line}\n`)
    .join('');
}

function waited(wait: Wait): string {
  const name = `${wait.namespace ? `${wait.namespace}/` : ''}${wait.name}`;
  return `${wait.resource} ${name}: ${wait.for}`;
}
