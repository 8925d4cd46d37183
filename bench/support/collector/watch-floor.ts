import { request } from 'node:https';
import { StringDecoder } from 'node:string_decoder';
import { tell, told } from './messages.ts';

/** The floor of a watch: reads the stream over TLS, parses each line and keeps nothing. Says how many it has read when asked. */
export async function watchFloor(apiPort: number, ca: string): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let lines = 0;
  request({ host: '127.0.0.1', port: apiPort, path: '/api/v1/pods?watch=true', ca }, (response) => {
    response.on('data', (chunk: Buffer) => {
      rest += decoder.write(chunk);
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        JSON.parse(rest.slice(0, end));
        rest = rest.slice(end + 1);
        lines += 1;
      }
    });
  }).end();
  for await (const order of told()) if (order.kind === 'ask') tell({ kind: 'read', lines });
}
