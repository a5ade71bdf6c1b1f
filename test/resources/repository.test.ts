import { describe, expect, it } from 'vitest';
import { repository } from '../../shared/resources/repository.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { aResource } from '../support/located.ts';

const at = aResource('repository', 'team/payments');
const found = { repositoryName: 'team/payments', createdAt: new Date('2026-01-02T03:04:05Z') };

describe('repository', () => {
  it('reads itself by its name', async () => {
    const reader = fakeReader({ 'ecr:DescribeRepositories': () => ({ repositories: [found] }) });
    expect(await repository.base?.(reader, at)).toEqual({ outcome: 'found', began: 1, value: found });
    expect(reader.calls).toEqual([['ecr:DescribeRepositories', { repositoryNames: ['team/payments'] }]]);
    expect(repository.generation?.(found)).toBe('2026-01-02T03:04:05.000Z');
  });

  it.each([
    ['gone', { outcome: 'gone', began: 1 }],
    [{ repositories: [] }, { outcome: 'gone', began: 1 }],
    [{}, lacking('ecr:DescribeRepositories', 1)],
    ['refused', unread('refused', 'ecr:DescribeRepositories', 1)],
  ])('cannot be read: %j', async (answer, expected) => {
    const reader = fakeReader({ 'ecr:DescribeRepositories': () => answer as 'gone' });
    expect(await repository.base?.(reader, at)).toEqual(expected);
  });

  it.each([
    ['parsed', { policyText: '{"Statement":[]}' }, { outcome: 'found', began: 1, value: { Statement: [] } }],
    ['null where there is none', 'gone', { outcome: 'found', began: 1, value: null }],
    ['malformed where it is no JSON', { policyText: '{' }, lacking('ecr:GetRepositoryPolicy', 1)],
    ['malformed where it is left out', {}, lacking('ecr:GetRepositoryPolicy', 1)],
    ['never null for being refused', 'refused', unread('refused', 'ecr:GetRepositoryPolicy', 1)],
  ])('has its own policy, %s', async (_, answer, expected) => {
    const reader = fakeReader({ 'ecr:GetRepositoryPolicy': () => answer as 'gone' });
    expect(await repository.facets.policy.read(reader, found, at, [])).toEqual(expected);
    expect(reader.calls).toEqual([['ecr:GetRepositoryPolicy', { repositoryName: 'team/payments' }]]);
  });
});
