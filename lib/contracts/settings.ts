import type { IConstruct } from 'constructs';
import { Contract, Roster } from '../core';

/**
 * How much a platform withstands.
 *
 * - `single`: one replica of everything, as upstream
 * - `high`: two or more replicas where a program elects a leader or is stateless, spread over nodes and zones, with disruption budgets
 */
export type Availability = 'single' | 'high';

/** What all components of a platform are told. */
export interface PlatformSettings {
  readonly availability: Availability;
  /**
   * Verbosity of the programs that take one, 0 to 10.
   *
   * @default - each component's own
   */
  readonly verbosity?: number;
}

const SETTINGS = new Contract<PlatformSettings>('settings of a platform');

const platforms = new Roster<IConstruct>('platforms');

/** Outside a platform a component stands alone. */
const ALONE: PlatformSettings = { availability: 'single' };

/** What a platform says to everything below it. */
export const Settings = {
  /** Says it. */
  offer(platform: IConstruct, settings: PlatformSettings): void {
    SETTINGS.offer(platform, settings);
    platforms.add(platform);
  },

  /** The settings of the platform that a construct is part of. */
  of(construct: IConstruct): PlatformSettings {
    return SETTINGS.near(construct) ?? ALONE;
  },

  /** Every platform of the app that a construct is part of, wherever it stands, as far as it is made. */
  platforms(construct: IConstruct): readonly IConstruct[] {
    return platforms.around(construct);
  },
};
