import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { KubernetesObject } from '../../e2e/kubectl';

/** The answer of the API server is an error. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The Kubernetes API, for what a kubelet does many times a minute. */
export class Api {
  private readonly server: string;
  private readonly token: string;
  private readonly agent: Agent;

  /** @param kubeconfig path of the kubeconfig that the control plane has written, which is JSON */
  constructor(kubeconfig: string) {
    const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
    this.server = clusters[0].cluster.server;
    this.token = users[0].user.token;
    this.agent = new Agent({ keepAlive: true, ca: readFileSync(clusters[0].cluster['certificate-authority']) });
  }

  /** Port of the API server on the loopback interface. */
  get port(): number {
    return Number(new URL(this.server).port);
  }

  get<T>(path: string): Promise<T> {
    return this.call('GET', path);
  }

  async list<T extends KubernetesObject>(path: string): Promise<readonly T[]> {
    return (await this.get<{ readonly items: readonly T[] }>(path)).items;
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.call('POST', path, body);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.call('PATCH', path, body, 'application/merge-patch+json');
  }

  delete(path: string, body: unknown): Promise<unknown> {
    return this.call('DELETE', path, body);
  }

  /** Ends its connections. */
  close(): void {
    this.agent.destroy();
  }

  private call<T>(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<T> {
    const content = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.token}`,
      accept: 'application/json',
      'content-type': contentType,
      // Node says it for some methods only, and a body without it is read as the next request.
      'content-length': Buffer.byteLength(content),
    };
    return new Promise((resolve, reject) => {
      const call = request(`${this.server}${path}`, { method, headers, agent: this.agent, timeout: 20_000 }, async (response) => {
        try {
          const answer = await text(response);
          const status = response.statusCode ?? 0;
          if (status >= 400) throw new ApiError(status, `${method} ${path}: ${status} ${answer}`);
          resolve(JSON.parse(answer) as T);
        } catch (error) {
          reject(error);
        }
      });
      call.once('timeout', () => call.destroy(new Error(`${method} ${path} took more than 20 s`)));
      call.once('error', reject);
      call.end(content);
    });
  }
}
