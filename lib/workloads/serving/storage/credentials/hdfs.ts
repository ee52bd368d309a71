import { given } from '../../../pod/given';
import { type Credential, contradiction, type FromSecret } from './credential';

/** A Hadoop cluster, and how one is let in, by their values. */
export interface HdfsAccess {
  /** URL of WebHDFS, several with `;`: `https://host1:9871;https://host2:9871`. */
  readonly namenode: string;
  /** Folder below which models are. @default - the root */
  readonly rootPath?: string;
  /** User in whose name it is read. @default - the one who is let in */
  readonly proxyUser?: string;
  /** Kerberos: who is let in, and the keytab, written into a Secret. @default - no Kerberos */
  readonly kerberos?: {
    readonly principal: string;
    /** Content of the keytab, base64. */
    readonly keytab: string;
  };
  /** TLS. @default - no certificate of one's own, and the namenode's is verified */
  readonly tls?: {
    /** Certificate, PEM. */
    readonly certificate?: string;
    /** Private key, PEM, written into a Secret. */
    readonly key?: string;
    /** Certificates by which the namenode is trusted, PEM. */
    readonly ca?: string;
    readonly skipVerify?: boolean;
  };
  /** Headers of each request. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Files that are loaded at a time. @default 2 */
  readonly threads?: number;
}

/**
 * Access to a Hadoop cluster over WebHDFS. A Secret has `HDFS_NAMENODE` and the other members that the storage initializer knows.
 *
 * @see https://github.com/kserve/kserve/tree/v0.18.0/pkg/credentials/hdfs
 */
export type HdfsCredentials = FromSecret | HdfsAccess;

/** Access to a Hadoop cluster as KServe takes it. */
export function hdfsCredential(options: HdfsCredentials): Credential {
  const twice = contradiction('HDFS', options, ['secret', 'namenode']);
  const shared = { store: 'HDFS', opens: /^(web)?hdfs:\/\//, problems: twice };
  if ('secret' in options) return { ...shared, source: options };
  const { tls, kerberos } = options;
  const paired = (tls?.certificate === undefined) === (tls?.key === undefined);
  return {
    ...shared,
    source: {
      suffix: 'hdfs',
      data: hdfsMembers(options),
      ...(kerberos && { binary: { KERBEROS_KEYTAB: kerberos.keytab } }),
    },
    problems: paired ? twice : ['HDFS has a certificate without its key, or a key without its certificate; give both'],
  };
}

/** What the storage initializer reads of a Hadoop cluster, but the keytab, which is no text. */
export function hdfsMembers(options: HdfsAccess): Record<string, string> {
  const { kerberos, tls, headers, threads } = options;
  return given({
    HDFS_NAMENODE: options.namenode,
    HDFS_ROOTPATH: options.rootPath,
    USER_PROXY: options.proxyUser,
    KERBEROS_PRINCIPAL: kerberos?.principal,
    TLS_CERT: tls?.certificate,
    TLS_KEY: tls?.key,
    TLS_CA: tls?.ca,
    TLS_SKIP_VERIFY: tls?.skipVerify === undefined ? undefined : String(tls.skipVerify),
    HEADERS: headers && JSON.stringify(headers),
    N_THREADS: threads === undefined ? undefined : String(threads),
  }) as Record<string, string>;
}
