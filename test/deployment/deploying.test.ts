import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Asking, aBareAccount, type BareAccount } from '../support/cloud/bare/bare-account.ts';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-a1b2c3';
const DEPLOY = `region: eu-west-1\nemail: security@example.org\nregions: [eu-central-1]\nslackSecret: ${SECRET}\n`;
const BASELINE = 'catalogue: 1\ncontrols: { eks-control-plane-logging: notify }\n';
let asking: Asking;
let inOrder: BareAccount;
beforeAll(async () => {
  asking = await aBareAccount(DEPLOY);
  asking.account.secret = '{"webhook":"https://hooks.slack.com/services/T/B/very-secret"}';
  inOrder = structuredClone(asking.account);
});
beforeEach(() => {
  Object.assign(asking.account, structuredClone(inOrder));
  write({});
});
afterAll(async () => {
  await asking.stop();
  rmSync(asking.folder, { recursive: true });
});

function write({ deploy = DEPLOY, baseline = BASELINE }): void {
  writeFileSync(join(asking.folder, 'deploy.yml'), deploy);
  writeFileSync(join(asking.folder, 'baseline.yml'), baseline);
}

it('says what it would do, and does nothing', async () => {
  asking.account.regions.push('eu-west-2');
  write({ baseline: `${BASELINE}accounts: ["111122223333", "444455556666"]\n` });
  expect(await asking.deploy('--dry-run')).toEqual({
    code: 0,
    err: '',
    out: `Would create the stack eks-warden in eu-west-1, account 111122223333.
Would create the stack eks-warden-collector in eu-central-1.
Would create the stack eks-warden-collector in us-east-1.
Would have security@example.org asked to confirm, and start the first sweep.
Would print what to run in 444455556666.
Blind would be: eu-west-2.
Nothing was changed.
`,
  });
});

it('what is wrong with both files is told together, and AWS is not asked', async () => {
  write({
    deploy: 'region: eu-west-1\nemail: nobody\nregoins: []\n',
    baseline: 'catalogue: 1\ncontrols: { eks-control-plane-loging: notify }\n',
  });
  expect(await asking.deploy()).toEqual({
    code: 2,
    out: '',
    err: `deploy.yml:2:8 email: "nobody" is no e-mail address: write one such as security@example.org.
deploy.yml:3:1 regoins: "regoins" is no key here. Did you mean regions?
baseline.yml:2:13 controls["eks-control-plane-loging"]: "eks-control-plane-loging" is no control of this catalogue. Did you mean eks-control-plane-logging?
`,
  });
});

const refused: Record<string, [Partial<BareAccount>, string]> = {
  'a secret that is not there': [
    { secret: undefined },
    `Slack secret: there is no secret ${SECRET}. Create it in Secrets Manager in the hub's region, holding {"webhook": "https://…"} or {"token": "xoxb-…", "channel": "C…"}, or correct slackSecret in deploy.yml.`,
  ],
  'a secret of another shape': [
    { secret: '{"hook":"very-secret"}' },
    'Slack secret: The Slack secret has neither a webhook nor a token. It must be {"webhook": "https://…"} or {"token": "xoxb-…", "channel": "…"}. Store a new value in it: docs/slack.md.',
  ],
  'a region that the account does not have': [
    { regions: ['eu-west-1', 'us-east-1'] },
    'Regions: eu-central-1 is no region of this account, or is not enabled in it. Correct region and regions in deploy.yml, or enable them in the account settings.',
  ],
  'a stack of the same name': [
    { stacks: { 'eks-warden eu-west-1': { status: 'CREATE_COMPLETE', has: ['TheirQueue'] } } },
    'Stack eks-warden in eu-west-1: a stack of this name exists and is not one of eks-warden. Choose another name in deploy.yml; it is left alone.',
  ],
  'a stack with the name of a collector': [
    { stacks: { 'eks-warden-collector us-east-1': { status: 'CREATE_COMPLETE', has: ['TheirQueue'] } } },
    'Stack eks-warden-collector in us-east-1: a stack of this name exists and is not one of eks-warden. Choose another name in deploy.yml; it is left alone.',
  ],
};

it.each(Object.entries(refused))('%s is named before anything is deployed', async (_, [account, said]) => {
  Object.assign(asking.account, account);
  expect(await asking.deploy()).toEqual({ code: 2, out: '', err: `Nothing was deployed.\n${said}\n` });
});

it('what it does not know it says, with what it does', async () => {
  const { code, err } = await asking.deploy('--dryrun');
  expect({ code, first: err.split('\n').slice(0, 2) }).toEqual({
    code: 2,
    first: [
      "Unknown option '--dryrun'.",
      'npm run deploy                     installs eks-warden as deploy.yml and baseline.yml say, or brings it up to date',
    ],
  });
});
