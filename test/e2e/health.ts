import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';

/** Whether an HTTP GET is answered with 200. It trusts any certificate: it only asks for a state, over loopback. */
export function answersOk(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { rejectUnauthorized: false, timeout: 2000, agent: false };
    const answered = (response: IncomingMessage) => {
      response.resume();
      resolve(response.statusCode === 200);
    };
    const request = url.startsWith('https:') ? httpsGet(url, options, answered) : httpGet(url, options, answered);
    request.once('error', () => resolve(false));
    request.once('timeout', () => request.destroy());
  });
}
