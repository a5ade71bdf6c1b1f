import type { DescribeKeyRequest } from '@aws-sdk/client-kms';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Operations } from '../call.ts';

const absent = (id: string) => new AwsFault('NotFoundException', `Key '${id}' does not exist`);

/** A key of another account answers nobody here: its policy would have to allow it. */
function describeKey({ KeyId: asked = '' }: Plain<DescribeKeyRequest>, call: Call): object {
  const [, , service, region, account, path = ''] = asked.startsWith('arn:') ? asked.split(':') : [];
  if (service !== undefined) {
    if (service !== 'kms' || region !== call.region) throw absent(asked);
    if (account !== call.accountId) {
      const who = String(call.caller.userIdentity.arn);
      throw new AwsFault(
        'AccessDeniedException',
        `User: ${who} is not authorized to perform: kms:DescribeKey on resource: ${asked} because no resource-based policy allows the kms:DescribeKey action`,
      );
    }
  }
  const name = service === undefined ? asked : path.replace(/^key\//, '');
  const id = name.startsWith('alias/') ? (call.here.keyAliases[name] ?? name) : name;
  const key = call.here.keys[id];
  if (!key) throw absent(asked);
  return { KeyMetadata: key };
}

export const kms: Operations = { reads: { DescribeKey: describeKey }, writes: {} };
