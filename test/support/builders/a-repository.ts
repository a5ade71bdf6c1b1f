import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { repository } from '../../../shared/resources/repository.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type RepositorySubject = SubjectOf<typeof repository>;

const whole = (): RepositorySubject => ({
  kind: repository.kind,
  at: { kind: 'repository', id: 'payments-api', account: '111122223333', region: 'eu-west-1' },
  partition: 'aws',
  usedBy: [],
  repositoryName: 'payments-api',
  repositoryArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/payments-api',
  registryId: '111122223333',
  repositoryUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/payments-api',
  createdAt: new Date('2026-06-15T09:10:00Z'),
  imageTagMutability: 'IMMUTABLE',
  facets: { policy: null },
});

/** A repository that every control passes. */
export function aRepository(overrides: Overrides<RepositorySubject> = {}): RepositorySubject {
  return laidOver(whole(), overrides);
}
