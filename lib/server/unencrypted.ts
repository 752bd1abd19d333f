import type { Authentication } from './authentication';

/** What to tell the reader before the first request: credentials that everybody on the way can read. A tenant is none. */
export const unencryptedWarnings = (url: string, { headers, who }: Authentication): readonly string[] => {
  const { protocol, hostname } = new URL(url);
  const isSecret = Object.keys(headers).some((name) => name !== 'X-Scope-OrgID');
  if (protocol !== 'http:' || isLoopback(hostname) || !isSecret) return [];
  return [
    `${who} goes to ${url} unencrypted: everybody on the way can read it; use https, or an address of this machine`,
  ];
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host);
