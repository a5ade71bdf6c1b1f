import { expect, it } from 'vitest';
import { actorOf } from '../../shared/changes/actor.ts';
import { anIamUser, aRoleSession, CLI } from '../support/identities.ts';

it.each([
  [
    'terraform',
    'APN/1.0 HashiCorp/1.0 Terraform/1.13.5 (+https://www.terraform.io) terraform-provider-aws/6.21.0',
    true,
  ],
  ['terraform', 'HashiCorp Terraform/1.5.7 OpenTofu', true],
  ['terraform', 'aws-sdk-go-v2/1.39.6 OpenTofu/1.10', true],
  ['cloudformation', 'cloudformation.amazonaws.com', true],
  ['cloudformation', 'cloudformation.amazonaws.com.cn', true],
  ['eksctl', 'eksctl/0.217.0 aws-sdk-go-v2/1.39.6 ua/2.1 os/linux', true],
  ['pulumi', 'APN/1.0 Pulumi/1.0 PulumiAWS/7.11.0 (+https://www.pulumi.com) terraform-provider-aws/6.21.0', true],
  ['crossplane', 'aws-sdk-go-v2/1.39.6 crossplane-provider-aws/v0.55', true],
  ['crossplane', 'upbound-provider-aws/v2.1 APN/1.0 HashiCorp/1.0 Terraform/1.5.7', true],
  ['ack', 'aws-controllers-k8s/eks.services.k8s.aws-v1.9.3 aws-sdk-go-v2/1.39.6', true],
  ['cli', 'aws-cli/2.31.18 md/awscrt#0.28.1 exec-env/CloudShell', false],
  ['console', 'console.amazonaws.com', false],
  ['console', 'signin.amazonaws.com', false],
  ['console', 'console.aws.amazon.com', false],
  ['console', 'AWS Console, aws-sdk-java/unknown-version', false],
  ['console', 'Mozilla/5.0 (X11; Linux x86_64)', false],
  ['service', 'eks.amazonaws.com', false],
  ['service', 'AWS Internal', false],
  ['sdk', 'aws-sdk-js/3.930.0 ua/2.1 os/linux lang/js md/nodejs#24.11.0', false],
  ['sdk', 'Boto3/1.40.74 md/Botocore#1.40.74', false],
  ['unknown', 'PostmanRuntime/7.49.0', false],
  ['unknown', '', false],
] as const)('L-05: %s is told from %s', (channel, userAgent, asCode) => {
  const actor = actorOf({ userAgent });
  expect([actor.channel, actor.asCode]).toEqual([channel, asCode]);
});

it.each([
  [
    'cloudformation',
    'a stack acts for a person',
    { userIdentity: anIamUser({ invokedBy: 'cloudformation.amazonaws.com' }), userAgent: 'Mozilla/5.0' },
  ],
  ['cloudformation', 'a stack is the address', { sourceIPAddress: 'cloudformation.amazonaws.com' }],
  [
    'crossplane',
    'the role is named after it',
    { userIdentity: aRoleSession('crossplane-provider-aws', 'run-7'), userAgent: 'aws-sdk-go-v2/1.39.6' },
  ],
  [
    'ack',
    'the role is named after it',
    { userIdentity: aRoleSession('ack-eks-controller', 'run-7'), userAgent: 'aws-sdk-go-v2/1.39.6' },
  ],
  [
    'sdk',
    'a role that only holds the letters',
    { userIdentity: aRoleSession('backend-controller', 'run-7'), userAgent: 'aws-sdk-go-v2/1.39.6' },
  ],
  ['cli', 'CloudShell has the console’s credentials', { sessionCredentialFromConsole: 'true', userAgent: CLI }],
  ['console', 'the console is marked as such', { sessionCredentialFromConsole: 'true', userAgent: 'whatever/1.0' }],
  [
    'service',
    'the address is a service',
    { sourceIPAddress: 'eks-nodegroup.amazonaws.com', userAgent: 'aws-sdk-java/2' },
  ],
] as const)('L-05: %s, because %s', (channel, _, detail) => {
  expect(actorOf(detail).channel).toBe(channel);
});
