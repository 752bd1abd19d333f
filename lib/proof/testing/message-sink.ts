import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { requireProgram } from '../programs';

/** A message as it arrived: where it was sent to, and what was said. */
export interface Received {
  /** `https://api.telegram.org/bot1:a/sendMessage`; for what was sent to us by name, the path. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Takes what is sent to any service of the internet, and mail, and keeps it. */
export interface MessageSink {
  /** Where everything that is ours to choose can be sent; also a proxy for everything that is not. */
  readonly url: string;
  /** `host:port` of a mail server. */
  readonly mail: string;
  /** A file with the certificate that it shows instead of those services'. */
  readonly certificate: string;
  readonly received: readonly Received[];
  readonly mails: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts one; `hosts` are the services that it stands in for. */
export const startMessageSink = async (folder: string, hosts: readonly string[]): Promise<MessageSink> => {
  const received: Received[] = [];
  const mails: string[] = [];
  const { key, certificate } = makeCertificate(folder, hosts);
  const keep =
    (scheme: string): RequestListener =>
    (request, response) => {
      void bodyOf(request).then((body) => {
        const url = scheme ? `${scheme}://${request.headers.host ?? ''}${request.url ?? ''}` : (request.url ?? '');
        received.push({ url, headers: request.headers, body });
        // What Telegram and Pushover answer when all is well.
        response.setHeader('Content-Type', 'application/json');
        response.end('{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"group"}},"status":1}');
      });
    };
  const secure = createSecureServer({ key, cert: readFileSync(certificate) }, keep('https'));
  const plain = createServer(keep(''));
  const sockets = new Set<Socket>();
  plain.on('connect', (_, socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    secure.emit('connection', socket);
  });
  const post = createTcpServer((socket) => speakSmtp(socket, (mail) => mails.push(mail)));
  const [port, mailPort] = [await listen(plain), await listen(post)];
  return {
    url: `http://127.0.0.1:${port}`,
    mail: `127.0.0.1:${mailPort}`,
    certificate,
    received,
    mails,
    stop: async () => {
      sockets.forEach((socket) => socket.destroy());
      plain.closeAllConnections();
      await Promise.all([plain, post].map((server) => new Promise((done) => server.close(done))));
    },
  };
};

const makeCertificate = (
  folder: string,
  hosts: readonly string[],
): { readonly key: Buffer; readonly certificate: string } => {
  const [key, certificate] = [join(folder, 'sink-key.pem'), join(folder, 'sink.pem')];
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  const options = `req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=sink -addext subjectAltName=${names}`.split(
    ' ',
  );
  execFileSync(requireProgram('openssl'), [...options, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return { key: readFileSync(key), certificate };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

/** As much of SMTP as it takes to be given a mail. */
const speakSmtp = (socket: Socket, keep: (mail: string) => void): void => {
  let pending = '';
  let mail: string | undefined;
  socket.setEncoding('utf8').on('error', () => undefined);
  socket.write('220 sink\r\n');
  socket.on('data', (text: string) => {
    pending += text;
    for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      if (mail !== undefined) {
        if (line !== '.') mail += `${line}\n`;
        else {
          keep(mail);
          mail = undefined;
          socket.write('250 kept\r\n');
        }
      } else if (/^DATA/i.test(line)) {
        mail = '';
        socket.write('354 go on\r\n');
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    }
  });
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
