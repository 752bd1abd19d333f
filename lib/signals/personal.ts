/**
 * Whether a label names a person, where they are, or what they watch. Boards show it only where the homelab file says
 * `privacy: 'full'`; messages, which travel further, never do.
 */
export const isPersonal = (label: string): boolean => personal.test(label);

const personal =
  /^(user|username|user_?name|account|email|title|media_title|grandparent_title|session|session_id|ip|ip_address|client_ip|player|client|mac)$/i;
