import { devNull } from 'node:os';
import type { Environment } from './handlers.ts';

/** Where the world's own things are. */
export interface Place {
  url: string;
  account: string;
  region: string;
}

export const TABLE = 'findings';
/** The parameter that the shipped baseline names; fixes run while it is `on`. */
export const KILL_SWITCH = '/eks-warden/fixes';

export const arnOf = ({ account, region }: Omit<Place, 'url'>, service: string, name: string): string =>
  `arn:aws:${service}:${region}:${account}:${name}`;

/** What a deployment would set, and an SDK that finds nothing of this machine's owner: no profile, no metadata service. */
export function environmentOf(place: Place, more: Environment): Environment {
  const { url, account, region } = place;
  const queue = (name: string) => `${url}/${account}/${name}`;
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    TZ: 'UTC',
    OWN_ACCOUNT: account,
    FINDINGS_TABLE: TABLE,
    CHANGES_QUEUE: queue('changes'),
    RECHECKS_QUEUE: queue('rechecks'),
    FIXES_QUEUE: queue('fixes'),
    SLACK_QUEUE: queue('slack'),
    NOTICES_TOPIC: arnOf(place, 'sns', 'notices'),
    SLACK_SECRET: arnOf(place, 'secretsmanager', 'secret:slack-a1b2c3'),
    KILL_SWITCH,
    FIX_ROLE: `arn:aws:iam::${account}:role/eks-warden-fix`,
    ...more,
  };
}
