/** `[table]` or `key = value` of TOML, as far as Bottlerocket's settings use it. */
const TABLE = /^\[\s*([^[\]]+?)\s*\]$/;
const SETTING = /^([\w."' -]+?)\s*=\s*(.+)$/;
const ADMIN = 'settings.host-containers.admin';
const GZIP = Buffer.from([0x1f, 0x8b]);

/**
 * Whether user data turns on Bottlerocket's admin container, which has a root shell on the host. Null where the text
 * cannot be read: it is compressed, or a snapshot keeps only its hash.
 */
export function adminContainerOn(userData: string | undefined): boolean | null {
  if (userData === undefined || userData === '') return false;
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(userData)) return null;
  const content = Buffer.from(userData, 'base64');
  if (content.subarray(0, GZIP.length).equals(GZIP)) return null;
  let table = '';
  let on = false;
  for (const line of content.toString('utf8').split(/\r?\n/)) {
    const plain = line.replace(/\s#.*$|^#.*$/, '').trim();
    const opened = TABLE.exec(plain)?.[1];
    if (opened !== undefined) table = dotted(opened);
    const [, name, value] = SETTING.exec(plain) ?? [];
    if (name === undefined || value === undefined) continue;
    const path = [table, dotted(name)].filter((part) => part !== '').join('.');
    if (path === `${ADMIN}.enabled`) on = value === 'true';
    if (path === ADMIN) on = /\benabled\s*=\s*true\b/.test(value);
  }
  return on;
}

/** `settings . "host-containers"` is `settings.host-containers`. */
function dotted(path: string): string {
  return path
    .split('.')
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .join('.');
}
