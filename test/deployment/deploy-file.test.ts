import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deploymentOf, readDeployment } from '../../shared/deployment/deploy-file.ts';
import { DeploymentError } from '../../shared/runtime/errors.ts';

const SHIPPED = readFileSync(join(import.meta.dirname, '..', '..', 'deploy.yml'), 'utf8');
const MINIMAL = 'region: eu-west-1\nemail: security@example.org\n';
const FILLED_IN = {
  name: 'eks-warden',
  region: 'eu-west-1',
  email: 'security@example.org',
  regions: [],
  rolePath: '/',
  tags: {},
  sweep: { at: '02:30', timeZone: 'UTC', window: 30 },
  logDays: 90,
  keepTable: true,
};

/** `line:column sentence` of each problem; none where the text is a deployment. */
function problemsOf(text: string): string[] {
  const read = deploymentOf(text);
  return 'problems' in read ? read.problems.map(({ line, column, problem }) => `${line}:${column} ${problem}`) : [];
}

it('the shipped file wants an address, and nothing else', () => {
  expect(problemsOf(SHIPPED)).toEqual([
    '10:8 email: is empty: write the address that gets notices and alarms, such as security@example.org.',
  ]);
  expect(readDeployment(SHIPPED.replace("''", 'security@example.org'), 'deploy.yml')).toEqual(FILLED_IN);
});

it('every example in the shipped file can be used as it stands', () => {
  const text = SHIPPED.replace("''", 'security@example.org').replaceAll(/^# ([a-z]\w*:)/gm, '$1');
  expect(readDeployment(text, 'deploy.yml')).toEqual({
    ...FILLED_IN,
    slackSecret: expect.stringContaining(':secret:eks-warden-slack-'),
    organization: 'o-a1b2c3d4e5',
    externalId: 'a-long-word-of-your-own',
    kmsKey: expect.stringContaining(':key/'),
    permissionsBoundary: expect.stringContaining(':policy/boundary'),
    rolePath: '/security/',
    tags: { team: 'platform' },
    vpc: { subnets: ['subnet-0a1b2c3d4e5f67890'], securityGroups: ['sg-0a1b2c3d4e5f67890'] },
  });
});

it('region and e-mail are enough; the rest has defaults', () => {
  expect(readDeployment(MINIMAL, 'deploy.yml')).toEqual(FILLED_IN);
});

it('the IAM region may be listed; it is watched anyhow', () => {
  expect(readDeployment(`${MINIMAL}regions: [eu-central-1, us-east-1]\n`, 'deploy.yml')).toEqual({
    ...FILLED_IN,
    regions: ['eu-central-1'],
  });
});

it('tells every problem of a file at once, in its order, with what to write instead', () => {
  const text = `name: My Stack
region: euwest1
emial: security@example.org
email: security
regions: [eu-west-1, eu-west-1]
organisation: o-a1b2c3d4e5
slackSecret: arn:aws:ssm:eu-west-1:111122223333:parameter/slack
kmsKey: arn:aws:kms:eu-west-1:111122223333:alias/ours
permissionsBoundary: arn:aws:iam::111122223333:role/boundary
rolePath: security
externalId: x
tags: { 'aws:owner': us }
vpc: { subnets: [], securityGroups: [sg-1] }
sweep: { at: 2:30, timeZone: Dublin, window: 2000 }
logDays: 10
keepTable: yes
`;
  expect(problemsOf(text)).toEqual([
    '1:7 name: must be a name of at most 30 small letters, digits and hyphens, such as eks-warden, got "My Stack".',
    '2:9 region: must be a region such as eu-west-1, got "euwest1".',
    '3:1 emial: "emial" is no key here. Did you mean email?',
    '4:8 email: "security" is no e-mail address: write one such as security@example.org.',
    '5:22 regions[1]: eu-west-1 stands here twice: keep one.',
    '6:1 organisation: "organisation" is no key here. Did you mean organization?',
    '7:14 slackSecret: must be the ARN of a secret in Secrets Manager, got "arn:aws:ssm:eu-west-1:111122223333:parameter/slack".',
    '8:9 kmsKey: must be the ARN of a KMS key, not of an alias, got "arn:aws:kms:eu-west-1:111122223333:alias/ours".',
    '9:22 permissionsBoundary: must be the ARN of an IAM policy, got "arn:aws:iam::111122223333:role/boundary".',
    '10:11 rolePath: must be a path that begins and ends with a slash, such as /security/, got "security".',
    '11:13 externalId: must be an external id: 2 to 1,224 letters, digits and +=,.@:/-_, got "x".',
    '12:22 tags["aws:owner"]: begins with aws:, which AWS keeps for itself: give it another name.',
    '13:17 vpc.subnets: must be a list of at least 1 entry, got an empty list.',
    '13:38 vpc.securityGroups[0]: must be the id of a security group such as sg-0a1b2c3d4e5f67890, got "sg-1".',
    '14:14 sweep.at: must be a time of day such as "02:30", got "2:30".',
    '14:30 sweep.timeZone: "Dublin" is no time zone: write one such as Europe/Dublin, or UTC.',
    '14:46 sweep.window: must be at most 1440, got 2000.',
    '15:10 logDays: must be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653, got 10.',
    '16:12 keepTable: must be true or false, got "yes".',
  ]);
});

it('throws them all with the name of the file', () => {
  expect(() => readDeployment('region: eu-west-1\n', 'our/deploy.yml')).toThrow(
    new DeploymentError('our/deploy.yml', [
      { path: 'email', line: 1, column: 1, problem: 'email: is missing: it must be text.' },
    ]),
  );
});

const wrong: Record<string, [text: string, problem: string]> = {
  'an empty file': ['', '1:1 The file is empty: write at least region and email.'],
  'a list': ['- 1', '1:1 must be a mapping, got a list.'],
  'a mail address that is left open': ['region: eu-west-1\nemail:\n', '2:7 email: must be text, got nothing.'],
  'a mail address with a name in front': [
    'region: eu-west-1\nemail: Us <us@example.org>\n',
    '2:8 email: "Us <us@example.org>" is no e-mail address: write one such as security@example.org.',
  ],
  'the region of the hub among the others': [
    `${MINIMAL}regions: [eu-west-1]\n`,
    "3:11 regions[0]: eu-west-1 is the hub's own region: leave it out here.",
  ],
  'a region twice': [
    `${MINIMAL}regions: [eu-west-2, eu-west-2]\n`,
    '3:22 regions[1]: eu-west-2 stands here twice: keep one.',
  ],
  'a region of another partition': [
    `${MINIMAL}regions: [us-gov-west-1]\n`,
    '3:11 regions[0]: us-gov-west-1 is in another partition than eu-west-1: it needs a deployment of its own.',
  ],
  'a secret in another region': [
    `${MINIMAL}slackSecret: arn:aws:secretsmanager:us-east-1:111122223333:secret:slack-a1b2c3\n`,
    "3:14 slackSecret: is in us-east-1: it must be in the hub's region, eu-west-1.",
  ],
  'a boundary of another partition': [
    `${MINIMAL}permissionsBoundary: arn:aws-cn:iam::111122223333:policy/boundary\n`,
    '3:22 permissionsBoundary: is in the partition aws-cn, and eu-west-1 is in aws.',
  ],
  'an offset for a time zone': [
    `${MINIMAL}sweep: { timeZone: '+01:00' }\n`,
    '3:20 sweep.timeZone: "+01:00" is no time zone: write one such as Europe/Dublin, or UTC.',
  ],
  'more tags than fit': [
    `${MINIMAL}tags: {${Array.from({ length: 41 }, (_, at) => ` t${at}: x`).join()} }\n`,
    '3:7 tags: has 41 tags: at most 40 fit, beside ours and those of AWS.',
  ],
};

it.each(Object.entries(wrong))('%s is told', (_, [text, problem]) => {
  expect(problemsOf(text)).toEqual([problem]);
});

it.each([
  ['aws-us-gov', 'us-gov-east-1'],
  ['aws-cn', 'cn-northwest-1'],
])('in the partition %s the ARNs are of that partition', (partition, region) => {
  const boundary = `arn:${partition}:iam::111122223333:policy/boundary`;
  const text = `region: ${region}\nemail: security@example.org\npermissionsBoundary: ${boundary}\n`;
  expect(readDeployment(text, 'deploy.yml')).toEqual({ ...FILLED_IN, region, permissionsBoundary: boundary });
});
