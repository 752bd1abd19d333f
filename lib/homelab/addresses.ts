import ipaddr from 'ipaddr.js';

/** Whether Prometheus could ask this: a DNS name, or an IP address without brackets. */
export const isAddress = (text: string): boolean => isIpAddress(text) || isDnsName(text);

export const isIpAddress = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text));

/** Underscores are no part of a host name, but container names have them and Docker resolves them. */
const isDnsName = (text: string): boolean => {
  const parts = text.replace(/\.$/, '').split('.');
  // `192.168.1.300` is a mistyped address, not a name.
  return text.length <= 253 && parts.every(isDnsLabel) && !/^\d+$/.test(parts.at(-1) ?? '');
};

const isDnsLabel = (text: string): boolean => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(text);

export interface HostAndPort {
  readonly address: string;
  readonly port: number;
}

/** The parts of `host:port` or `[::1]:port`; undefined for anything else. */
export const parseHostAndPort = (text: string): HostAndPort | undefined => {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const address = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (address === undefined || !isAddress(address) || port < 1 || port > 65_535) return undefined;
  return { address, port };
};

/** `host:port`, with brackets where the host is an IPv6 address. */
export const formatHostAndPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** An http(s) URL; undefined for anything else. */
export const parseHttpUrl = (text: string): URL | undefined => {
  if (!/^https?:\/\/[^/]/i.test(text) || /\s/.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text);
};

/** Whether an address belongs to the house: private, or a name that the public DNS does not know. */
export const isInternal = (address: string): boolean => {
  const bare = address.replace(/^\[|\]$/g, '');
  if (isIpAddress(bare)) return ipaddr.process(bare).range() !== 'unicast';
  return !bare.includes('.') || /\.(lan|local|localdomain|home|internal|home\.arpa|test)\.?$/i.test(bare);
};

/** What keeps a text from being the /24 private network that the LAN is, or undefined. */
export const lanFault = (text: string): 'malformed' | 'not private' | 'not /24' | 'host bits' | undefined => {
  if (!/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(text) || !ipaddr.IPv4.isValidCIDR(text)) return 'malformed';
  const [address, length] = ipaddr.IPv4.parseCIDR(text);
  if (address.range() !== 'private') return 'not private';
  if (length !== 24) return 'not /24';
  return address.octets[3] === 0 ? undefined : 'host bits';
};
