import { Late } from '../../../../core';
import { type Credential, contradiction, type FromSecret } from './credential';

/** A key of a Google service account by its value. */
export interface GcsKey {
  /** The key file, JSON; written into a Secret. */
  readonly key: string;
}

/** A Google service account that the ServiceAccount acts as (workload identity). */
export interface GcsWorkloadIdentity {
  /** For instance `models@my-project.iam.gserviceaccount.com`. */
  readonly googleServiceAccount: string;
}

/**
 * Access to Google Cloud Storage. A Secret has the key file as `gcloud-application-credentials.json`.
 *
 * @see https://github.com/kserve/kserve/tree/v0.18.0/pkg/credentials/gcs
 */
export type GcsCredentials = FromSecret | GcsKey | GcsWorkloadIdentity;

/** Access to Google Cloud Storage as KServe takes it. */
export function gcsCredential(options: GcsCredentials): Credential {
  const store = 'Google Cloud Storage';
  const twice = contradiction(store, options, ['secret', 'key', 'googleServiceAccount']);
  const shared = { store, opens: /^gs:\/\//, problems: twice };
  if ('secret' in options) return { ...shared, source: options };
  if ('key' in options)
    return {
      ...shared,
      source: { suffix: 'gcs', data: { 'gcloud-application-credentials.json': options.key } },
      problems: isJson(options.key) ? twice : ['the key of Google Cloud Storage is not the JSON of a key file; give its content'],
    };
  const { googleServiceAccount: account } = options;
  return {
    ...shared,
    serviceAccount: { 'iam.gke.io/gcp-service-account': account },
    problems:
      Late.isIn(account) || /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/.test(account)
        ? twice
        : [`the Google service account ${JSON.stringify(account)} has not the form name@project.iam.gserviceaccount.com`],
  };
}

function isJson(text: string): boolean {
  if (Late.isIn(text)) return true;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
