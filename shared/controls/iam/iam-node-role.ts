import { z } from 'zod';
import { NODEGROUP_USES } from '../../resources/nodegroup.ts';
import { role } from '../../resources/role.ts';
import { defineControl } from '../define-control.ts';
import { nodeRights, otherTrusted } from '../node-rights.ts';
import { NODEGROUP_CALLS, ROLE_RIGHTS_CALLS } from '../triggers.ts';

export default defineControl({
  id: 'iam-node-role',
  title: 'The node role is minimal',
  severity: 'high',
  why: 'Every pod that reaches the metadata service of its node can act with the rights of the node role.',
  howToFix: 'Give the rights to roles of the pods that need them, then detach the policy from the node role.',
  references: { cis: ['5.1.3'] },

  resources: [role],
  needs: ['attachedPolicies', 'inlinePolicies'],
  triggers: [...NODEGROUP_CALLS, ...ROLE_RIGHTS_CALLS, 'iam:AddRoleToInstanceProfile', 'iam:UpdateAssumeRolePolicy'],
  fix: 'approve',
  notJudged: {
    instance: 'Roles of instances outside managed node groups and Auto Mode are not known.',
    kubernetes: 'Roles that node classes of Kubernetes name, Karpenter among them, are not known.',
  },

  params: z.object({
    allowedPolicyArns: z
      .array(z.string().startsWith('arn:'))
      .default([])
      .describe('Further policies that it may have.'),
  }),

  messages: {
    admin: { text: 'Every pod on the nodes can act as an administrator by {policies}.', severity: 'critical' },
    broad: { text: 'The nodes have rights that none of them needs: {rights}.', severity: 'high' },
    pushing: { text: 'The nodes may push images: {policies}.', severity: 'high' },
    notAllowed: { text: 'The node role has more than nodes need: {policies}.', severity: 'high' },
    trust: { text: 'Not only EC2 may assume the role, but also {principals}.', severity: 'high' },
    forPods: { text: 'Rights meant for single pods are on the node role: {policies}.', severity: 'medium' },
    shared: { text: 'The nodes of several clusters have this role: {clusters}.', severity: 'low' },
  },

  evaluate({ subject, params, pass, fail, notApplicable }) {
    const uses = subject.usedBy.filter(({ as }) => as.includes(NODEGROUP_USES.nodeRole));
    if (uses.length === 0) return notApplicable('No node group of a cluster has the role.');

    const { admin, broad, pushing, notAllowed, forPods } = nodeRights(subject, params.allowedPolicyArns);
    const principals = otherTrusted(subject.trust);
    const clusters = new Set(uses.flatMap((use) => use.clusters.map((name) => `${use.by.region}/${name}`)));
    const fails = [
      ...(admin.length > 0 ? [fail('admin', { policies: admin.join(', ') })] : []),
      ...(broad.length > 0 ? [fail('broad', { rights: broad.join(', ') })] : []),
      ...(pushing.length > 0 ? [fail('pushing', { policies: pushing.join(', ') })] : []),
      ...(notAllowed.length > 0 ? [fail('notAllowed', { policies: notAllowed.join(', ') })] : []),
      ...(principals.length > 0 ? [fail('trust', { principals: principals.join(', ') })] : []),
      ...(forPods.length > 0 ? [fail('forPods', { policies: forPods.join(', ') })] : []),
      ...(clusters.size > 1 ? [fail('shared', { clusters: [...clusters].join(', ') })] : []),
    ];
    return fails.length > 0 ? fails : pass();
  },
});
