import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { requireProgram } from '../programs';

/** Something that a probe asks, or that is told, inside of this process. */
export interface Listener {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** A page that answers 200. */
export const listenHttp = (): Promise<Listener> => listen(createHttpServer(answerOk));

/** The same behind a certificate that nobody signed. */
export const listenHttps = (folder: string): Promise<Listener> => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    requireProgram('openssl'),
    [
      ...'req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1'.split(
        ' ',
      ),
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  );
  return listen(createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, answerOk));
};

/** Takes any connection. */
export const listenTcp = (): Promise<Listener> => listen(createTcpServer((socket) => socket.end()));

/** Keeps the JSON bodies that are posted to it. */
export const listenWebhook = async (): Promise<Listener & { readonly received: readonly unknown[] }> => {
  const received: unknown[] = [];
  const listener = await listen(
    createHttpServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        received.push(JSON.parse(Buffer.concat(parts).toString()));
        response.end();
      });
    }),
  );
  return { ...listener, received };
};

/** A name server that says 127.0.0.1 to every question; undefined where we may not listen on its port. */
export const listenDns = (address: string): Promise<Listener | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.on('message', (question, from) => socket.send(answerDns(question), from.port, from.address));
    socket.once('error', () => resolve(undefined));
    socket.bind(53, address, () =>
      resolve({ port: 53, stop: () => new Promise((stopped) => socket.close(() => stopped())) }),
    );
  });

/** The question again, marked as answered, with one A record for the name at offset 12. */
const answerDns = (question: Buffer): Buffer => {
  const end = question.indexOf(0, 12) + 5;
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 6);
  head.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat([head, question.subarray(12, end), record]);
};

const answerOk: RequestListener = (_, response) => response.end('ok');

const listen = (server: TcpServer): Promise<Listener> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      // Keep-alive connections of whoever asked would keep the server open.
      const stop = (): Promise<void> =>
        new Promise((stopped) => {
          server.close(() => stopped());
          if ('closeAllConnections' in server) (server as ReturnType<typeof createHttpServer>).closeAllConnections();
        });
      resolve({ port: (server.address() as AddressInfo).port, stop });
    });
  });
