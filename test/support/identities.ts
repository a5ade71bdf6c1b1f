export const ACCOUNT = '111122223333';

/** What the AWS CLI says of itself. */
export const CLI = 'aws-cli/2.31.18 md/awscrt#0.28.1 exec-env/none';

export const session = (sessionIssuer: object, more: object = {}) => ({
  sessionIssuer,
  attributes: { creationDate: '2026-11-20T07:42:11Z', mfaAuthenticated: 'false' },
  ...more,
});

export const roleArn = (name: string, path = '/') => `arn:aws:iam::${ACCOUNT}:role${path}${name}`;

/** A session of a role; `more` goes into its context. */
export const aRoleSession = (name: string, who: string, more: object = {}, path = '/') => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${who}`,
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/${who}`,
  accountId: ACCOUNT,
  accessKeyId: 'ASIAEXAMPLE',
  sessionContext: session(
    { type: 'Role', principalId: 'AROAEXAMPLE', arn: roleArn(name, path), accountId: ACCOUNT, userName: name },
    more,
  ),
});

/** An IAM user with a long-lived key. */
export const anIamUser = (more: object = {}) => ({
  type: 'IAMUser',
  arn: `arn:aws:iam::${ACCOUNT}:user/team/ana`,
  accountId: ACCOUNT,
  userName: 'ana',
  ...more,
});
