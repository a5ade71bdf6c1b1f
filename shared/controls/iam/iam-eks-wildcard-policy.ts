import { z } from 'zod';
import { policy } from '../../resources/policy.ts';
import { ROLE_USES, role } from '../../resources/role.ts';
import { defineControl } from '../define-control.ts';
import { awsPoliciesOnEks, eksRights } from '../eks-rights.ts';
import { ROLE_RIGHTS_CALLS } from '../triggers.ts';
import { matches } from '../wildcard.ts';

export default defineControl({
  id: 'iam-eks-wildcard-policy',
  title: 'No identity policy grants EKS by wildcard on every cluster',
  severity: 'high',
  why: 'Whoever has such a policy can open, change or delete every cluster, and give themselves access to it.',
  howToFix: 'Name the actions and clusters that are needed, set back the policy to its version before, or detach it.',
  references: { securityHub: ['IAM.1', 'IAM.21'] },

  resources: [role, policy],
  needs: ['attachedPolicies', 'inlinePolicies'],
  triggers: [
    ...ROLE_RIGHTS_CALLS,
    'iam:CreatePolicy',
    'iam:AttachUserPolicy',
    'iam:DetachUserPolicy',
    'iam:AttachGroupPolicy',
    'iam:DetachGroupPolicy',
  ],
  fix: 'approve',
  notJudged: {
    user: 'Inline policies of users and groups, and the AWS-managed policies that they have, are not read.',
  },

  params: z.object({
    adminRoles: z
      .array(z.string())
      .default([])
      .describe('Names of roles that administer every cluster, pipelines for one; * and ? are wildcards.'),
    readOnlyPatterns: z
      .array(z.string().regex(/^eks:/))
      .default(['eks:Describe*', 'eks:List*'])
      .describe('Action patterns that only read; wildcards within them are accepted.'),
  }),

  messages: {
    wildcard: '{policy} allows {actions} on every cluster.',
    awsPolicy: 'AWS policies grant far more on clusters than a task needs: {policies}.',
    intoKubernetes: { text: '{policy} opens the Kubernetes API of every cluster: {actions}.', severity: 'medium' },
  },

  evaluate({ subject, params, pass, fail, notApplicable }) {
    const isAdmin = (name: string) => params.adminRoles.some((pattern) => matches(pattern, name));
    if (subject.kind === 'policy') {
      const users = subject.usedBy.filter(({ as }) => as.includes(ROLE_USES.attached));
      if (subject.AttachmentCount === 0) return notApplicable('The policy is attached to nobody.');
      // A user or a group makes the count greater than the roles that are known to have it.
      const isOfAdmins = users.length === subject.AttachmentCount && users.every(({ by }) => isAdmin(by.id));
      if (isOfAdmins) return notApplicable('Only roles that administer clusters have the policy.');
    } else {
      if (subject.Path?.startsWith('/aws-service-role/')) return notApplicable('The role belongs to a service of AWS.');
      if (isAdmin(subject.at.id)) return notApplicable('The role administers clusters, as the baseline says.');
    }
    const aws = subject.kind === 'role' ? awsPoliciesOnEks(subject) : [];
    // What a role has attached is judged as a policy of its own, once for all that have it.
    const name = subject.at.id;
    const own = subject.kind === 'role' ? subject.facets.inlinePolicies : [{ name, document: subject.document }];
    const fails = own.flatMap(({ name, document }) => {
      const { wildcards, intoKubernetes } = eksRights(document, subject, params.readOnlyPatterns);
      return [
        ...(wildcards.length > 0 ? [fail('wildcard', { policy: name, actions: wildcards.join(', ') })] : []),
        ...(intoKubernetes.length > 0
          ? [fail('intoKubernetes', { policy: name, actions: intoKubernetes.join(', ') })]
          : []),
      ];
    });
    const all = aws.length > 0 ? [fail('awsPolicy', { policies: aws.join(', ') }), ...fails] : fails;
    return all.length > 0 ? all : pass();
  },
});
