import { describe, expect, it } from 'vitest';
import { policy } from '../../shared/resources/policy.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { aResource } from '../support/located.ts';

const at = aResource('policy', 'team/Payments', 'global');
const Policy = { PolicyId: 'ANPAEXAMPLE', DefaultVersionId: 'v3', Tags: [{ Key: 'team', Value: 'payments' }] };
const document = { Statement: [] };
const version = { PolicyVersion: { Document: encodeURIComponent(JSON.stringify(document)) } };

describe('policy', () => {
  it.each(['aws', 'aws-cn'])('reads itself with the default version’s document in %s', async (partition) => {
    const reader = fakeReader(
      { 'iam:GetPolicy': () => ({ Policy }), 'iam:GetPolicyVersion': () => version },
      { partition },
    );
    expect(await policy.base?.(reader, at)).toEqual({ outcome: 'found', began: 1, value: { ...Policy, document } });
    const PolicyArn = `arn:${partition}:iam::111122223333:policy/team/Payments`;
    expect(reader.calls).toEqual([
      ['iam:GetPolicy', { PolicyArn }],
      ['iam:GetPolicyVersion', { PolicyArn, VersionId: 'v3' }],
    ]);
  });

  it.each([
    ['gone', { 'iam:GetPolicy': 'gone' }, { outcome: 'gone', began: 1 }],
    ['without its object', { 'iam:GetPolicy': {} }, lacking('iam:GetPolicy', 1)],
    ['without a default version', { 'iam:GetPolicy': { Policy: {} } }, lacking('iam:GetPolicy', 1)],
    [
      'a refused version',
      { 'iam:GetPolicyVersion': 'refused' },
      { ...unread('refused', 'iam:GetPolicyVersion', 2), began: 1 },
    ],
    [
      'a version without a document',
      { 'iam:GetPolicyVersion': {} },
      { ...lacking('iam:GetPolicyVersion', 2), began: 1 },
    ],
  ])('cannot be read: %s', async (_, changed, expected) => {
    const answers = { 'iam:GetPolicy': { Policy }, 'iam:GetPolicyVersion': version, ...changed };
    const made = Object.fromEntries(Object.entries(answers).map(([action, answer]) => [action, () => answer]));
    expect(await policy.base?.(fakeReader(made), at)).toEqual(expected);
  });

  it('is another generation under another id, and has tags', () => {
    const base = { ...Policy, document };
    expect([policy.generation?.(base), policy.tags?.(base)]).toEqual(['ANPAEXAMPLE', { team: 'payments' }]);
  });
});
