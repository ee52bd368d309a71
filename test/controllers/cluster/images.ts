import { existsSync } from 'node:fs';
import { executable } from '../build';
import { PROGRAMS, type Program } from '../programs';
import type { PodObject } from './objects';

/** The database, for which MariaDB of this machine stands in. */
export const DATABASE = 'mysql';

/** A proxy in front of metrics that nobody reads here; it is not run, and counts as ready. */
export const NOT_RUN: readonly string[] = ['quay.io/brancz/kube-rbac-proxy'];

/** `docker.io/kserve/router:v1@sha256:…` → `kserve/router` */
export function repositoryOf(image: string): string {
  const [named = ''] = image.split('@');
  return named.replace(/:[^/:]*$/, '').replace(/^docker\.io\/(library\/)?/, '');
}

/** The program of an image, if it is built. */
export function programOf(image: string): Program | undefined {
  return PROGRAMS.find((program) => program.image === repositoryOf(image) && existsSync(executable(program)));
}

/** The images whose Pods run. */
export function runningImages(): string[] {
  return [...PROGRAMS.filter((program) => existsSync(executable(program))).map(({ image }) => image), DATABASE];
}

/** Whether a Pod runs, by its first container; kwok plays all others. */
export function runs({ spec }: PodObject): boolean {
  const [first] = spec.containers;
  return first !== undefined && runningImages().includes(repositoryOf(first.image));
}

/** Whether all the programs of a part of the platform are built, by what the names of their images begin with. */
export function areBuilt(...prefixes: readonly string[]): boolean {
  const wanted = PROGRAMS.filter(({ image }) => prefixes.some((prefix) => image.startsWith(prefix)));
  return wanted.every((program) => existsSync(executable(program)));
}
