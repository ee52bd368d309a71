import type { ObjectModel, Rule } from '../core';
import { webhookPaths } from './network-paths';
import { podHygiene } from './pod-hygiene';
import { aggregatingRoles } from './roles';

export { noCredentials } from './credentials';
export { webhookPaths } from './network-paths';
export { podHygiene } from './pod-hygiene';
export { aggregatingRoles } from './roles';

/** The rules that every platform is held to. */
export const platformChecks: readonly Rule<ObjectModel>[] = [aggregatingRoles, ...podHygiene, webhookPaths];
