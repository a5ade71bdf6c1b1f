import { pascal } from '../../derive/site.ts';
import { wantedPolicies } from './roles.ts';
import type { StackSettings } from './settings.ts';
import { unchecked } from './template-parts.ts';

/** What is the same for each function beside its `function.yml`: why checkov need not ask, and the key of its log. */
export function functionExtras(settings: StackSettings): Record<string, unknown> {
  const { kmsKey, vpc } = settings.deployment;
  const Metadata = unchecked({
    CKV_AWS_115:
      'Bounded by maximumConcurrency of its mapping, or by the state machine; reserving fails in an account with a quota of 10.',
    CKV_AWS_116: 'Nothing invokes it asynchronously: its queue, the stream or the state machine keeps what fails.',
    ...(vpc
      ? {}
      : { CKV_AWS_117: 'It talks to AWS and to Slack only; deploy.yml names a VPC for those who want one.' }),
    ...(kmsKey
      ? {}
      : {
          CKV_AWS_173:
            'The environment holds names and ARNs, no secret; deploy.yml names a key for those who want one.',
        }),
  });
  const log = kmsKey
    ? { Properties: { KmsKeyId: kmsKey } }
    : {
        Metadata: unchecked({
          CKV_AWS_158: 'Encrypted by CloudWatch Logs itself; deploy.yml names a key for those who want one.',
        }),
      };
  return Object.fromEntries(
    Object.keys(wantedPolicies(settings)).flatMap((name) => [
      [`${pascal(name)}LambdaFunction`, { Metadata }],
      [`${pascal(name)}LogGroup`, log],
    ]),
  );
}
