import type { Manifest } from './manifest';

/** Fields whose values let somebody in, by the end of their names. */
const CREDENTIAL = /(?:password|passwd|passphrase|token|(?:access|api|private|secret)[-_]?key|credentials?)(?:"\])?$/i;

/** Values of environment variables: nobody knows which of them are credentials. */
const VARIABLE = /\benv\[\d+\]\.value$/;

/** Whether the value of a field may stand in no message, report, plan or picture. */
export function isConfidential({ apiVersion, kind }: Manifest, path: string): boolean {
  return (
    (apiVersion === 'v1' && kind === 'Secret' && /^(?:data|stringData)\b/.test(path)) ||
    CREDENTIAL.test(path) ||
    VARIABLE.test(path)
  );
}
