/**
 * Whether a label names a person, where they are, or what they watch. Boards show it only where the homelab file says
 * `privacy: 'full'`; messages, which travel further, never do.
 */
export const isPersonal = (label: string): boolean => personal.test(label);

const personal = new RegExp(
  `^(${[
    'user|username|user_?name|user_id|firstname|account|email',
    'title|(media|series|child|grandchild|grandparent|parent)_title|series|movie|book|author|request|worker_file',
    'session|session_id|ip|ip_address|client_ip|player|client|client_name|device_name|mac',
    'city|latitude|longitude',
  ].join('|')})$`,
  'i',
);
