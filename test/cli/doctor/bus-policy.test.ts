import { expect, it } from 'vitest';
import { notLetIn, strangersLetIn } from '../../../shared/cli/doctor/after/bus-policy.ts';

const ACCOUNTS = ['111122223333', '444455556666'];
const policy = (...statements: object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((each) => ({ Action: 'events:PutEvents', ...each })),
  });
const allow = (AWS: unknown, Condition = {}) => ({ Sid: 'S', Effect: 'Allow', Principal: { AWS }, Condition });
const ofOrganization = (id: string) => ({ StringEquals: { 'aws:PrincipalOrgID': id } });

it('an account is let in by its number, its root, or its organisation, and by nothing else', () => {
  const missing = (text: string, organization?: string) => notLetIn(text, ACCOUNTS, organization);
  expect([
    missing(policy(allow(['arn:aws-us-gov:iam::111122223333:root', '444455556666']))),
    missing(policy(allow('111122223333'))),
    missing(policy(allow('*', ofOrganization('o-a1b2c3d4e5'))), 'o-a1b2c3d4e5'),
    missing(policy({ ...allow('x'), Principal: '*', Condition: ofOrganization('o-another000') }), 'o-a1b2c3d4e5'),
    missing(policy({ ...allow(ACCOUNTS), Effect: 'Deny' })),
    missing(policy({ ...allow(ACCOUNTS), Action: 'events:PutRule' })),
    missing(policy(allow('arn:aws:iam::111122223333:role/other'))),
    missing(''),
    missing('{'),
  ]).toEqual([[], ['444455556666'], [], ACCOUNTS, ACCOUNTS, ACCOUNTS, ACCOUNTS, ACCOUNTS, ACCOUNTS]);
});

it('a statement that lets everybody in is found, one of an organisation is not', () => {
  expect([
    strangersLetIn(policy({ Sid: 'Open', Effect: 'Allow', Principal: '*', Action: ['events:*'] })),
    strangersLetIn(policy(allow('*', ofOrganization('o-a1b2c3d4e5')), { ...allow('*'), Effect: 'Deny' })),
  ]).toEqual([['Open'], []]);
});
