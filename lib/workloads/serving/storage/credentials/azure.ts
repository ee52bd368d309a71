import { given } from '../../../pod/given';
import { type Credential, contradiction, type FromSecret } from './credential';

/** A service principal by its values. */
export interface AzurePrincipal {
  readonly tenantId: string;
  readonly clientId: string;
  /** Written into a Secret. */
  readonly clientSecret: string;
  /** @default - none */
  readonly subscriptionId?: string;
}

/** A storage account's key by its value. */
export interface AzureAccessKey {
  /** Written into a Secret. */
  readonly accessKey: string;
}

/**
 * Access to Azure's blobs and files: `https://account.blob.core.windows.net/…`. A Secret has `AZURE_STORAGE_ACCESS_KEY`, or `AZURE_CLIENT_ID`,
 * `AZURE_CLIENT_SECRET` and `AZURE_TENANT_ID`.
 *
 * @see https://github.com/kserve/kserve/tree/v0.18.0/pkg/credentials/azure
 */
export type AzureCredentials = FromSecret | AzurePrincipal | AzureAccessKey;

/** Hosts of Azure's stores. */
export const AZURE = /^https:\/\/[^/]+\.(blob|file)\.core\.windows\.net\//;

/** Access to Azure's stores as KServe takes it. */
export function azureCredential(options: AzureCredentials): Credential {
  return {
    store: 'Azure',
    opens: AZURE,
    problems: contradiction('Azure', options, ['secret', 'accessKey', 'clientId']),
    source: 'secret' in options ? options : { suffix: 'azure', data: dataOf(options) },
  };
}

function dataOf(options: AzurePrincipal | AzureAccessKey): Record<string, string> {
  if ('accessKey' in options) return { AZURE_STORAGE_ACCESS_KEY: options.accessKey };
  return given({
    AZURE_TENANT_ID: options.tenantId,
    AZURE_CLIENT_ID: options.clientId,
    AZURE_CLIENT_SECRET: options.clientSecret,
    AZURE_SUBSCRIPTION_ID: options.subscriptionId,
  }) as Record<string, string>;
}
