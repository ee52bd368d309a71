import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { stages } from '../../e2e/node';
import { runningImages } from './images';

/** How kwok sees what `repositoryOf` computes. */
const REPOSITORY = '.spec.containers[0].image | sub("@.*$"; "") | sub(":[^:/]*$"; "") | sub("^docker.io/(library/)?"; "")';

/** What owns Pods that end by themselves. */
const JOBS = ['Job', 'PyTorchJob', 'TFJob', 'XGBoostJob', 'PaddleJob', 'JAXJob', 'MPIJob'];

/** How long such a Pod runs: long enough for its controller to see it. */
const RUN = { durationMilliseconds: 3000 };

interface Stage {
  readonly spec: { readonly selector: { readonly matchExpressions?: readonly Expression[] }; readonly delay?: object };
}

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** Writes kwok's stages so that they leave the Pods alone that run, and end the Pods of every kind of job. Returns the files. */
export function writeStages(source: string, folder: string): string[] {
  mkdirSync(folder);
  return stages.map((stage) => {
    const file = join(folder, basename(stage));
    const content = readFileSync(join(source, stage), 'utf8');
    writeFileSync(file, stage.startsWith('pod/') ? stringify(adapted(parse(content) as Stage)) : content);
    return file;
  });
}

function adapted({ spec, ...stage }: Stage): Stage {
  const expressions = spec.selector.matchExpressions ?? [];
  const ends = expressions.some(endsJobs);
  const matchExpressions = [
    ...expressions.map((one) => (endsJobs(one) ? { ...one, values: JOBS } : one)),
    { key: REPOSITORY, operator: 'NotIn', values: runningImages() },
  ];
  return { ...stage, spec: { ...spec, ...(ends && { delay: RUN }), selector: { ...spec.selector, matchExpressions } } };
}

/** Whether a stage is for the Pods of Jobs. */
function endsJobs({ key, values }: Expression): boolean {
  return key.includes('ownerReferences') && values?.join() === 'Job';
}
