import { Contract } from '../core';

/** A line of the dashboard's menu. */
export interface MenuEntry {
  readonly text: string;
  /** Path at the gateway. */
  readonly link: string;
  readonly icon?: string;
}

/** What the dashboard lists; every web application with a menu entry offers one. */
export const MENU = new Contract<MenuEntry>('an entry of the menu');
