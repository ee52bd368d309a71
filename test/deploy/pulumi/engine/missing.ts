import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What has to be on PATH, and where a user gets it. */
const PROGRAMS = {
  pulumi: "Pulumi's command line: https://www.pulumi.com/docs/iac/download-install/",
  'pulumi-language-nodejs': 'comes with the command line, in the same folder',
  'pulumi-resource-kubernetes': 'pulumi plugin install resource kubernetes; then add its folder below ~/.pulumi/plugins to PATH',
};

/** What is missing to run the engine, a line each. */
export function missingPrograms(): string[] {
  return Object.entries(PROGRAMS)
    .filter(([program]) => !isOnPath(program))
    .map(([program, from]) => `${program} is not on PATH (${from})`);
}

/** Whether a program can be started by its name. */
export function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
