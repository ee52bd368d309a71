import { Credentials, noCredentials, platformChecks, SqlDatabase, serving, training, tuning } from 'cdk8s-kubeflow';
import type { Environment } from './environment';

/** A cluster that people depend on: replicas where a program allows them, a database of its own, and no credential in any object. */
export const production: Environment = {
  platform: {
    components: {
      ...training(),
      ...serving(),
      ...tuning({
        database: SqlDatabase.externalPostgres({
          host: 'postgres.databases.svc',
          user: 'katib',
          // In the namespace kubeflow, from a vault or made by hand.
          credentials: Credentials.existing('katib-database', 'password'),
        }),
      }),
    },
    availability: 'high',
  },
  checks: [...platformChecks, ...noCredentials],
};
