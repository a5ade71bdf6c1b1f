import type { Topic } from '../world.ts';
import { type Calling, clientConfig, once } from './calling.ts';

/** SNS refuses a longer subject, and any character in it that is not printable ASCII. */
const MOST_SUBJECT = 100;

/** The topic over SNS. What SNS would refuse in a subject is replaced here; texts are the caller's. */
export function snsTopic(arn: string, calling: Calling): Topic {
  const connect = once(async () => {
    const { SNSClient, PublishCommand } = await import('./sns.ts');
    return { sns: new SNSClient(clientConfig(calling)), PublishCommand };
  });
  return {
    async publish({ subject, message, attributes }) {
      const { sns, PublishCommand } = await connect();
      const named = Object.entries(attributes).filter(([, value]) => value !== '');
      await sns.send(
        new PublishCommand({
          TopicArn: arn,
          Subject: printable(subject) || 'eks-warden',
          Message: JSON.stringify(message),
          MessageStructure: 'json',
          MessageAttributes: Object.fromEntries(
            named.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
          ),
        }),
      );
    },
  };
}

function printable(subject: string): string {
  return subject
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, MOST_SUBJECT);
}
