import { Contract } from '../core';

/** Who says who a user is, and how components learn it. */
export interface Identity {
  /** HTTP header with the user's name. */
  readonly userHeader: string;
  /** HTTP header with the user's groups. @default - none */
  readonly groupsHeader?: string;
  /** What the header begins with and the user's name does not. */
  readonly userPrefix: string;
  /** Path that ends a session. @default - none */
  readonly logoutPath?: string;
  /** OIDC issuer of the tokens that programs show. @default - programs have no tokens */
  readonly tokenIssuer?: string;
}

/** Offered by oauth2-proxy with or without dex, by an OIDC proxy that is there, or by nobody. */
export const IDENTITY = new Contract<Identity>('an identity of users');
