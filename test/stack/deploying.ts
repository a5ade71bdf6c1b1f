import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type Wishes, writeFiles } from './files.ts';
import { npmRunDeploy, type Ran } from './serverless.ts';
import type { Stack } from './stack.ts';

/** Seconds after which a message that failed comes back, so that tests need not wait for minutes: longer than any work on one takes here. */
const VISIBILITY = '10';

/** The secret that leads to Slack's stand-in: it is there before a deployment, as a user's is. */
export async function slackSecret({ clients, slack }: Pick<Stack, 'clients' | 'slack'>): Promise<string> {
  const { ARN } = await clients.secrets.send(
    new CreateSecretCommand({ Name: 'slack', SecretString: slack.webhookSecret }),
  );
  if (ARN === undefined) throw new Error('The emulator made no secret.');
  return ARN;
}

/** `npm run deploy`, as a user runs it. What it deploys is what AWS would get; only then are messages made to come back sooner. */
export async function deploy(stack: Stack, wishes: Wishes, args: readonly string[] = []): Promise<Ran> {
  const ran = await npmRunDeploy(stack.emulator.url, args, environmentOf(stack, wishes));
  const { resources } = await stack.look();
  for (const { id, name } of resources.filter(({ id, type }) => type === 'AWS::SQS::Queue' && id.endsWith('Queue'))) {
    if (id === 'UndeliveredQueue') continue;
    await stack.clients.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: name, Attributes: { VisibilityTimeout: VISIBILITY } }),
    );
  }
  return ran;
}

/** `npm run deploy -- --remove` */
export function remove(stack: Stack, wishes: Wishes): Promise<Ran> {
  return npmRunDeploy(stack.emulator.url, ['--remove'], environmentOf(stack, wishes));
}

function environmentOf({ wire, slack }: Stack, wishes: Wishes): NodeJS.ProcessEnv {
  const { baseline, deploy: file } = writeFiles(wishes);
  // The trails that it looks for are those of the audited account.
  return {
    EKS_WARDEN_BASELINE: baseline,
    EKS_WARDEN_DEPLOY: file,
    AWS_ENDPOINT_URL_CLOUDTRAIL: wire.url,
    SLACK_ENDPOINT: slack.url,
  };
}
