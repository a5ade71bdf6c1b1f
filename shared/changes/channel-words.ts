import type { Channel } from './change.ts';

/** What a change was made with, as people are told it: `with Terraform`. */
export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  console: 'the AWS console',
  cli: 'the AWS CLI',
  sdk: 'an AWS SDK',
  terraform: 'Terraform',
  cloudformation: 'CloudFormation',
  eksctl: 'eksctl',
  pulumi: 'Pulumi',
  crossplane: 'Crossplane',
  ack: 'AWS Controllers for Kubernetes',
  service: 'an AWS service',
  unknown: 'an unknown tool',
};
