import { Contract } from '../core';

/** A program that the gateway asks, over HTTP, whether a request may pass: it lets it, adds headers, or answers in its place. */
export interface Authorizer {
  /** By which AuthorizationPolicies with the action `CUSTOM` name it. */
  readonly name: string;
  /** Host name of its Service. */
  readonly host: string;
  /** Port of its Service. */
  readonly port: number;
  /** Headers of the request that it is shown. */
  readonly asked: readonly string[];
  /** Headers of its answer that go on to the server, when it lets the request pass. */
  readonly passedOn: readonly string[];
  /** Headers of its answer that go back to the client, when it does not. */
  readonly sentBack: readonly string[];
}

/** Everyone whom the gateway of a mesh may ask; offered by a proxy that logs users in. */
export const AUTHORIZER = new Contract<Authorizer>('an authorizer of requests');
