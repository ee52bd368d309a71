import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import type { Container, Probe } from './objects';

const PATIENCE = 3000;

/** Whether a container passes a probe. One that runs a command passes when the container's first port can be reached. */
export function passes({ httpGet: get, tcpSocket, grpc }: Probe, container: Container, address: string): Promise<boolean> {
  if (get)
    return answers(`${get.scheme === 'HTTPS' ? 'https' : 'http'}://${address}:${portOf(get.port, container)}${get.path ?? '/'}`);
  const port = tcpSocket?.port ?? grpc?.port ?? container.ports?.[0]?.containerPort;
  return port === undefined ? Promise.resolve(true) : connects(address, portOf(port, container));
}

function portOf(port: number | string, { name, ports = [] }: Container): number {
  if (typeof port === 'number') return port;
  const found = ports.find((one) => one.name === port);
  if (!found) throw new Error(`the container ${name} has no port named ${port}`);
  return found.containerPort;
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const get = url.startsWith('https:') ? httpsGet : httpGet;
    const request = get(url, { rejectUnauthorized: false, timeout: PATIENCE, agent: false }, (response) => {
      response.resume();
      const { statusCode = 500 } = response;
      resolve(statusCode >= 200 && statusCode < 400);
    });
    request.once('error', () => resolve(false));
    request.once('timeout', () => request.destroy());
  });
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const end = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
