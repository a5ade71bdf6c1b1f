import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteSecretCommand, PutSecretValueCommand, RestoreSecretCommand } from '@aws-sdk/client-secrets-manager';
import { ListSubscriptionsByTopicCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import type { Bench } from '../bench.ts';
import { type Break, type Broken, DEPLOY } from './break.ts';

const MAIL = 'platform@example.com';

/** Puts something else into the secret; `restore` puts the webhook back. */
async function withSecret({ stack, wishes }: Bench, SecretString: string): Promise<() => unknown> {
  const put = (text: string) =>
    stack.clients.secrets.send(new PutSecretValueCommand({ SecretId: wishes.slackSecret, SecretString: text }));
  await put(SecretString);
  return () => put(stack.slack.webhookSecret);
}

/** A token for a Slack that answers so. Only a token can be tried without posting. */
async function slackAnswers(bench: Bench, status: number, answer: object, wrong: string): Promise<Broken> {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const back = await withSecret(bench, JSON.stringify({ token: 'xoxb-example', channel: 'C000', api }));
  return {
    wrong: wrong === '' ? [] : [wrong],
    async restore() {
      await back();
      server.close();
    },
  };
}

/** A webhook of Slack's own, and name servers that answer so for its host; no addresses: they know no such name. */
async function hostLeadsTo(bench: Bench, addresses: readonly string[], wrong: readonly string[]): Promise<Broken> {
  const restore = await withSecret(bench, '{"webhook": "https://hooks.slack.com/services/T000/B000/canary"}');
  const found = JSON.stringify(addresses.map((address) => ({ address, family: 4 })));
  const answer = addresses.length === 0 ? "throw Object.assign(new Error(), { code: 'ENOTFOUND' })" : `return ${found}`;
  const module = `import dns from 'node:dns/promises'; import { syncBuiltinESMExports } from 'node:module';
    dns.lookup = async () => { ${answer}; }; syncBuiltinESMExports();`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(module)}`;
  return { wrong, restore, environment: { NODE_OPTIONS } };
}

/** How people hear of it. */
export const TELLING: readonly Break[] = [
  {
    name: 'nothing, where Slack takes the token',
    do: (bench) => slackAnswers(bench, 200, { ok: true }, ''),
  },
  {
    name: 'Slack takes the token no more',
    do: (bench) =>
      slackAnswers(
        bench,
        200,
        { ok: false, error: 'token_revoked' },
        'wrong Slack: Slack answered 200 (token_revoked). → Put a token that works into the secret; it is taken within five minutes.',
      ),
  },
  {
    name: 'Slack is unwell',
    do: (bench) => slackAnswers(bench, 500, {}, 'unknown Slack: Slack answered 500. → Look again in a minute.'),
  },
  {
    name: "nothing, where the webhook's host is one of the internet",
    do: (bench) => hostLeadsTo(bench, ['52.216.0.1'], []),
  },
  {
    name: "the name of the webhook's host leads into a network",
    do: (bench) =>
      hostLeadsTo(
        bench,
        ['52.216.0.1', '10.0.0.7'],
        ['wrong Slack: the name of its host leads into a network. → Ask who runs the name servers.'],
      ),
  },
  {
    name: "the name of the webhook's host is not known",
    do: (bench) =>
      hostLeadsTo(
        bench,
        [],
        [
          'unknown Slack: the name of its host cannot be resolved from here. → Look from elsewhere, or npx eks-warden notify --test',
        ],
      ),
  },
  {
    name: 'the secret of Slack is none',
    async do(bench) {
      const restore = await withSecret(bench, '{"url": "https://hooks.slack.com/services/T/B/secret"}');
      const why =
        'The Slack secret has neither a webhook nor a token. It must be {"webhook": "https://…"} or {"token": "xoxb-…", "channel": "…"}.';
      return {
        wrong: [`wrong Slack: ${why} → Put the right value into the secret; it is taken within five minutes.`],
        restore,
      };
    },
  },
  {
    name: 'the secret of Slack was deleted',
    async do({ stack, wishes }) {
      const SecretId = wishes.slackSecret;
      await stack.clients.secrets.send(new DeleteSecretCommand({ SecretId }));
      return {
        wrong: ['wrong Slack: its secret does not exist. → Make it, or name another: slackSecret in deploy.yml.'],
        restore: () => stack.clients.secrets.send(new RestoreSecretCommand({ SecretId })),
      };
    },
  },
  {
    name: 'the mailbox is not subscribed any more',
    async do({ stack }) {
      const { sns } = stack.clients;
      const TopicArn = stack.deployed.nameOf('NoticesTopic');
      const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
      const mail = Subscriptions.find(({ Endpoint }) => Endpoint === MAIL);
      await sns.send(new UnsubscribeCommand({ SubscriptionArn: mail?.SubscriptionArn }));
      const Attributes = { FilterPolicy: JSON.stringify({ people: ['email', 'both', { exists: false }] }) };
      return {
        wrong: [`wrong Subscriptions: ${MAIL} of deploy.yml is not subscribed. → ${DEPLOY}`],
        restore: () => sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: MAIL, Attributes })),
      };
    },
  },
];
