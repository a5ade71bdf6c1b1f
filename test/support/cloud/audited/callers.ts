/** Who calls, as CloudTrail will say it. */
export interface Caller {
  account: string;
  userIdentity: Readonly<Record<string, unknown>>;
  sourceIPAddress?: string;
  userAgent?: string;
  /** The console's mark on what a person clicked. */
  sessionCredentialFromConsole?: boolean;
  tlsVersion?: string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE = ALPHABET.length;

/** A number below 32^8 in eight letters: each account has its own. */
function letters(value: number): string {
  let rest = value;
  let text = '';
  for (let at = 0; at < 8; at += 1) {
    text = ALPHABET.charAt(rest % BASE) + text;
    rest = Math.floor(rest / BASE);
  }
  return text;
}

function numberOf(text: string): number {
  return [...text].reduce((value, letter) => value * BASE + ALPHABET.indexOf(letter), 0);
}

/** A session's access key id names its account, as AWS's own do: ASIA, the account, a serial number. */
export const sessionKey = (account: string, serial: number): string =>
  `ASIA${letters(Number(account))}${letters(serial)}`;

/** The account that an access key id belongs to: twelve digits are the account itself, unknown keys the default one. */
export function accountOfKey(accessKey: string, otherwise: string): string {
  if (/^\d{12}$/.test(accessKey)) return accessKey;
  if (/^ASIA[A-Z2-7]{16}$/.test(accessKey)) return String(numberOf(accessKey.slice(4, 12))).padStart(12, '0');
  return otherwise;
}

/** Who holds a key that no session of ours has: one of eks-warden's own functions, as its role; only the remediator ever writes. */
export function functionOfKey(accessKey: string, account: string, partition: string, now: number): Caller {
  return sessionOf({
    roleArn: `arn:${partition}:iam::${account}:role/eks-warden-fix`,
    roleId: 'AROAEXAMPLEWARDEN0001',
    sessionName: 'remediate-finding',
    accessKey,
    at: new Date(now).toISOString(),
  });
}

/** A session of a role. */
export function sessionOf(options: {
  roleArn: string;
  roleId: string;
  sessionName: string;
  accessKey: string;
  at: string;
}): Caller {
  const { roleArn, roleId, sessionName, accessKey, at } = options;
  const [, partition = 'aws', , , account = '', path = ''] = roleArn.split(':');
  const userName = path.split('/').at(-1) ?? '';
  return {
    account,
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${roleId}:${sessionName}`,
      arn: `arn:${partition}:sts::${account}:assumed-role/${userName}/${sessionName}`,
      accountId: account,
      accessKeyId: accessKey,
      sessionContext: {
        sessionIssuer: { type: 'Role', principalId: roleId, arn: roleArn, accountId: account, userName },
        attributes: { creationDate: at, mfaAuthenticated: 'false' },
      },
    },
  };
}
