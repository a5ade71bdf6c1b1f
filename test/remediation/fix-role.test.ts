import { expect, it } from 'vitest';
import { fixRoleIn } from '../../shared/remediation/step.ts';

const OWN = 'arn:aws-cn:iam::111122223333:role/security/warden-RemediateFindingRole-1A2B';

it('knows its own changes by its own role at home and by the role that it takes elsewhere', () => {
  expect([fixRoleIn('111122223333', '111122223333', OWN), fixRoleIn('444455556666', '111122223333', OWN)]).toEqual([
    OWN,
    'arn:aws-cn:iam::444455556666:role/security/eks-warden-fix',
  ]);
});
