import { type Api, ApiError } from './api';

/** The ConfigMaps and Secrets of a namespace, as the kubelet hands them to containers. */
export class NamespaceData {
  constructor(
    private readonly api: Api,
    private readonly namespace: string,
  ) {}

  async configMap(name: string, optional = false): Promise<ReadonlyMap<string, Buffer>> {
    const { data = {}, binaryData = {} } = await this.read('configmaps', name, optional);
    return new Map([...entries(data, 'utf8'), ...entries(binaryData, 'base64')]);
  }

  async secret(name: string, optional = false): Promise<ReadonlyMap<string, Buffer>> {
    const { data = {} } = await this.read('secrets', name, optional);
    return new Map(entries(data, 'base64'));
  }

  /** A token of a ServiceAccount, bound to a Pod. */
  async token(account: string, pod: { readonly name: string; readonly uid: string }, audience?: string): Promise<string> {
    const path = `/api/v1/namespaces/${this.namespace}/serviceaccounts/${account}/token`;
    const { status } = await this.api.post<{ readonly status: { readonly token: string } }>(path, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        audiences: audience === undefined ? undefined : [audience],
        expirationSeconds: 86_400,
        boundObjectRef: { apiVersion: 'v1', kind: 'Pod', ...pod },
      },
    });
    return status.token;
  }

  private async read(resource: string, name: string, optional: boolean): Promise<Data> {
    try {
      return await this.api.get<Data>(`/api/v1/namespaces/${this.namespace}/${resource}/${name}`);
    } catch (error) {
      if (optional && error instanceof ApiError && error.status === 404) return {};
      throw error;
    }
  }
}

interface Data {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

function entries(data: Readonly<Record<string, string>>, encoding: BufferEncoding): [string, Buffer][] {
  return Object.entries(data).map(([key, value]) => [key, Buffer.from(value, encoding)]);
}
