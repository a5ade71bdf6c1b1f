import { createHash } from 'node:crypto';
import type { Caller } from '../../support/cloud/audited/index.ts';
import type { StoryActor, Tool } from './schema.ts';

type By = Omit<Caller, 'account'>;

/** What each tool says of itself. */
const AGENTS: Readonly<Record<Tool, string>> = {
  console: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  cli: 'aws-cli/2.31.18 md/awscrt#0.28.1 ua/2.1 os/linux#6.8 lang/python#3.13.7 exec-env/none',
  sdk: 'aws-sdk-js/3.1137.0 ua/2.1 os/linux#6.8 lang/js md/nodejs#24.10.0',
  terraform: 'APN/1.0 HashiCorp/1.0 Terraform/1.13.5 (+https://www.terraform.io) terraform-provider-aws/6.21.0',
  cloudformation: 'cloudformation.amazonaws.com',
  eksctl: 'eksctl/0.217.0 aws-sdk-go-v2/1.39.6 os/linux lang/go#1.25.3',
  pulumi: 'APN/1.0 Pulumi/1.0 pulumi-aws/7.12.0 aws-sdk-go-v2/1.39.6',
  service: 'AWS Internal',
};
const ADDRESS = '203.0.113.24';

/** Who CloudTrail will say it was. */
export function callerOf(actor: StoryActor, account: string, region: string, at: string): By {
  if ('service' in actor) {
    const { service } = actor;
    return {
      userIdentity: { type: 'AWSService', invokedBy: service },
      sourceIPAddress: service,
      userAgent: service,
    };
  }
  const { with: tool, from, userAgent } = actor;
  return {
    userIdentity: identityOf(actor, { account, region, at }),
    sourceIPAddress: from ?? (tool === 'cloudformation' ? AGENTS.cloudformation : ADDRESS),
    userAgent: userAgent ?? AGENTS[tool],
    ...(tool === 'console' && { sessionCredentialFromConsole: true }),
  };
}

interface There {
  account: string;
  region: string;
  at: string;
}

function identityOf(actor: Exclude<StoryActor, { service: string }>, there: There): Record<string, unknown> {
  const { account } = there;
  if ('identity' in actor) return actor.identity;
  if ('root' in actor) {
    const arn = `arn:aws:iam::${account}:root`;
    return { type: 'Root', principalId: account, arn, accountId: account, ...sessionWith(actor.mfa, there) };
  }
  if ('user' in actor) {
    const { user, mfa } = actor;
    const arn = `arn:aws:iam::${account}:user/${user}`;
    const userName = user.split('/').at(-1);
    return {
      type: 'IAMUser',
      principalId: unique('AIDA', user),
      arn,
      accountId: account,
      userName,
      ...sessionWith(mfa, there),
    };
  }
  if ('role' in actor) return roleSession(actor.role, actor.session, there);
  const role = `AWSReservedSSO_${actor.permissionSet}_${hex(actor.permissionSet, 16)}`;
  return roleSession(`aws-reserved/sso.amazonaws.com/${there.region}/${role}`, actor.sso, there);
}

function roleSession(path: string, session: string, { account, at }: There): Record<string, unknown> {
  const userName = path.split('/').at(-1) ?? path;
  const principalId = unique('AROA', path);
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${userName}/${session}`,
    accountId: account,
    accessKeyId: unique('ASIA', `${path}/${session}`),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId,
        arn: `arn:aws:iam::${account}:role/${path}`,
        accountId: account,
        userName,
      },
      attributes: { creationDate: at, mfaAuthenticated: 'false' },
    },
  };
}

function sessionWith(mfa: boolean, { at }: There): object {
  return { sessionContext: { attributes: { creationDate: at, mfaAuthenticated: String(mfa) } } };
}

function hex(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

function unique(prefix: string, text: string): string {
  return `${prefix}${hex(text, 16).toUpperCase()}`;
}
