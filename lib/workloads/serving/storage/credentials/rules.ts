import { error, type Rule, warning } from '../../../../core/rule';
import { inParts, type ServerFacts, storageUrisOf } from '../../server/facts';
import { AZURE } from './azure';

/** Stores that mostly let nobody in without credentials; servers on the web mostly ask for nothing. */
const GUARDED = /^(s3|gs|hf|hdfs|webhdfs):\/\//;

/** The rules of access to stores. */
export const CREDENTIAL_RULES: readonly Rule<ServerFacts>[] = [
  warning(
    'kserve/unopened-store',
    "Credentials that do not open the model's store leave the server without its model.",
    inParts((part, { credentials }) => {
      const given = credentials[part.name];
      if (!given) return undefined;
      const shut = storageUrisOf(part).filter((uri) => (GUARDED.test(uri) || AZURE.test(uri)) && !given.opens(uri));
      return shut.length > 0
        ? `loads from ${shut.join(', ')}, but the credentials ${given.name} open ${given.stores.join(', ')} only`
        : undefined;
    }),
  ),
  error(
    'kserve/two-service-accounts',
    'A pod runs as one ServiceAccount, and credentials are one.',
    inParts((part, { credentials }) => {
      const given = credentials[part.name];
      const account = part.spec.serviceAccountName;
      return given && account !== given.name
        ? `has the ServiceAccount ${account} and the credentials ${given.name}, which are a ServiceAccount themselves; give one of them`
        : undefined;
    }),
  ),
  error(
    'kserve/hidden-credentials',
    'KServe reads one Secret in place of those of the ServiceAccount, which are never looked at then.',
    (facts) => {
      const other = facts.annotations['serving.kserve.io/storageSecretName'];
      const hidden = Object.values(facts.credentials).find((given) => given.secrets.length > 0);
      return other !== undefined && hidden
        ? `KServe reads the Secret ${other} in place of those of the credentials ${hidden.name} (${hidden.secrets.join(', ')}); give storageSecret or credentials`
        : undefined;
    },
  ),
];
