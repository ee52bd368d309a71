import { connect } from 'node:http2';

/**
 * Reports a metric of a trial to Katib's database manager, as its SDK does in a trial.
 *
 * @param address `<host>:<port>`
 * @see https://github.com/kubeflow/katib/blob/v0.19.0/pkg/apis/manager/v1beta1/api.proto
 */
export function reportMetric(address: string, trial: string, metric: string, value: string): Promise<void> {
  const log = message([1, new Date().toISOString()], [2, message([1, metric], [2, value])]);
  const request = message([1, trial], [2, message([1, log])]);
  const length = Buffer.alloc(5);
  length.writeUInt32BE(request.length, 1);
  return call(address, '/api.v1.beta1.DBManager/ReportObservationLog', Buffer.concat([length, request]));
}

/** A message of Protocol Buffers, of fields that are texts or messages, each shorter than 128 bytes. */
function message(...fields: readonly (readonly [number, string | Buffer])[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, content]) => {
      const bytes = Buffer.from(content as string);
      if (bytes.length > 127) throw new Error(`a field of ${bytes.length} bytes is too long here`);
      return [Buffer.from([(number << 3) | 2, bytes.length]), bytes];
    }),
  );
}

function call(address: string, path: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const session = connect(`http://${address}`);
    session.once('error', reject);
    const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' });
    let status: unknown;
    const seen = (headers: object) => {
      status = (headers as Record<string, unknown>)['grpc-status'] ?? status;
    };
    stream.on('response', seen);
    stream.on('trailers', seen);
    stream.on('data', () => {});
    stream.once('error', reject);
    stream.once('close', () => {
      session.close();
      if (status === '0') resolve();
      else reject(new Error(`${path} ended with the status ${status}`));
    });
    stream.end(body);
  });
}
