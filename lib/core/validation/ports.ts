import type { Container, PodSpec } from '../../../crds-imports/core';
import type { Field } from './field';
import { PORT_NAME } from './texts';

const HIGHEST = 65535;

/** A number from 1 to 65535. */
export function portNumber(field: Field, name: string, port: number | undefined): void {
  field.number(name, port, 1, HIGHEST);
}

/** A port by number or name. */
export function port(field: Field, name: string, value: number | string | undefined): void {
  if (typeof value === 'number') portNumber(field, name, value);
  else field.text(name, value, PORT_NAME);
}

/** The ports that a container names. */
export function containerPorts(field: Field, { ports }: Pick<Container, 'ports'>): void {
  const names = new Set<string>();
  field.each('ports', ports, ({ name, containerPort, hostPort }, at) => {
    if (name) at.text('name', name, PORT_NAME);
    at.at('name').once(names, name || undefined, () => `repeats ${JSON.stringify(name)}`);
    portNumber(at, 'containerPort', containerPort);
    if (hostPort) portNumber(at, 'hostPort', hostPort);
  });
}

/** What the ports of a pod's containers are to each other. */
export function podPorts(field: Field, { containers, initContainers, hostNetwork }: PodSpec): void {
  const taken = new Map<string, string>();
  const onNode = new Set<string>();
  const visit = (list: string, container: Container, index: number) => {
    field
      .at(list)
      .at(index)
      .each('ports', container.ports, ({ containerPort, hostPort, protocol = 'TCP', hostIP = '' }, at) => {
        if (hostNetwork && hostPort && hostPort !== containerPort)
          at.at('hostPort').must(`equal containerPort, ${containerPort}, when hostNetwork is true`, hostPort);
        const published = hostPort || (hostNetwork ? containerPort : 0);
        if (published && list === 'containers')
          at.once(onNode, `${protocol} ${hostIP} ${published}`, () => `repeats the port ${published} (${protocol}) of the node`);
        const key = `${containerPort} (${protocol})`;
        const other = taken.get(key);
        if (other === undefined) taken.set(key, container.name);
        else if (other !== container.name)
          at.warn('shared-port', `is ${key}, on which the container ${JSON.stringify(other)} of the same pod listens`);
      });
  };
  containers?.forEach((container, index) => {
    visit('containers', container, index);
  });
  initContainers?.forEach((container, index) => {
    // The others have ended before a container starts.
    if (container.restartPolicy === 'Always') visit('initContainers', container, index);
  });
}
