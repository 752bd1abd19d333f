import { ServerConfigError } from './errors';

/**
 * An address as it is asked: without what follows the path, without slashes at its end. `name` is the option or variable that it
 * came from, for the message. Throws `ServerConfigError` for what is no http address, or holds credentials.
 */
export const serverAddress = (text: string, name: string, example: string): string => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new ServerConfigError(`${name} is no address`, 'it must begin with http:// or https://', example);
  const { origin, pathname, username, password } = new URL(text);
  if (username || password)
    throw new ServerConfigError(
      `${name} holds a user name or a password`,
      'credentials in an address end up in logs and in the list of processes',
      `give the address without them, and set the variables of the environment (_USER and _PASSWORD, or _TOKEN)`,
    );
  return origin + pathname.replace(/\/+$/, '');
};
