import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Where Pods and Services have their addresses. It is a network of the tests' own, which the machine's does not see. */
const GATEWAY = '10.244.0.1';
const SERVICES = '10.0.0.0/16';

/** The address at which Pods find the API server: the first of the Services' range. */
export const API_SERVER = '10.0.0.1';

/** Prepares the network namespace of this process. Everything in it goes when its last process has ended. */
export function createNetwork(): void {
  mkdirSync('/run/netns', { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run/netns']);
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', 'pods', 'type', 'bridge');
  ip('addr', 'add', `${GATEWAY}/16`, 'dev', 'pods');
  ip('link', 'set', 'pods', 'up');
  // Whoever connects to any Service reaches this process, which listens at all their addresses.
  ip('route', 'add', 'local', SERVICES, 'dev', 'lo');
}

let pods = 0;

/** The network of one Pod. */
export class PodNetwork {
  readonly address: string;

  /** @param name at most 13 characters, which is what a link has room for */
  constructor(readonly name: string) {
    pods += 1;
    this.address = `10.244.${1 + Math.floor(pods / 250)}.${1 + (pods % 250)}`;
    ip('netns', 'add', name);
    ip('link', 'add', `p${name}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    ip('link', 'set', `p${name}`, 'master', 'pods', 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('-n', name, 'addr', 'add', `${this.address}/16`, 'dev', 'eth0');
    ip('-n', name, 'link', 'set', 'eth0', 'up');
    ip('-n', name, 'route', 'add', 'default', 'via', GATEWAY);
  }

  /** The command that runs another one in this network. */
  enter(command: readonly string[]): readonly [string, readonly string[]] {
    return ['ip', ['netns', 'exec', this.name, ...command]];
  }

  remove(): void {
    ip('netns', 'del', this.name);
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
