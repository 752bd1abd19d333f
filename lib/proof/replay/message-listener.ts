import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Labels } from '../prometheus';

/** One notification: what a person's phone would show once. */
export interface Message {
  /** The path it was posted to: the receiver's name. */
  readonly receiver: string;
  readonly status: 'firing' | 'resolved';
  readonly groupLabels: Labels;
  readonly alerts: readonly { readonly status: 'firing' | 'resolved'; readonly labels: Labels }[];
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** Takes what an Alertmanager posts to its webhooks. */
export interface MessageListener {
  readonly url: string;
  /** In the order in which they came. */
  readonly messages: readonly Message[];
  readonly stop: () => Promise<void>;
}

/** Listens on a free loopback port, for as many receivers as there are paths. */
export const listenMessages = (): Promise<MessageListener> =>
  new Promise((resolve, reject) => {
    const messages: Message[] = [];
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(parts).toString()) as Omit<Message, 'receivedAt'>;
        const receiver = decodeURIComponent((request.url ?? '/').slice(1));
        messages.push({ ...body, receiver, receivedAt: Date.now() });
        response.end();
      });
    });
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        messages,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped());
            server.closeAllConnections();
          }),
      }),
    );
  });
