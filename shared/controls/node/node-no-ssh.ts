import { z } from 'zod';
import { nodegroup } from '../../resources/nodegroup.ts';
import { defineControl } from '../define-control.ts';
import { remoteLogins } from '../remote-logins.ts';
import { LAUNCH_TEMPLATE_CALLS, NODEGROUP_CALLS, SECURITY_GROUP_CALLS } from '../triggers.ts';

export default defineControl({
  id: 'node-no-ssh',
  title: 'Nodes have no SSH key and no remote access',
  severity: 'high',
  why: 'Whoever logs in on a node owns every pod on it, and nothing in Kubernetes tells of it.',
  howToFix:
    'Revoke the rules for ports 22 and 3389, and replace the node group by one without a key; use Session Manager.',
  references: { securityHub: ['EC2.13', 'EC2.14', 'EC2.19'] },

  resources: [nodegroup],
  needs: ['launchTemplate', 'remoteAccessGroups'],
  triggers: [...NODEGROUP_CALLS, ...LAUNCH_TEMPLATE_CALLS, ...SECURITY_GROUP_CALLS],
  fix: 'manual',
  notJudged: {
    instance: 'Keys and groups of single instances, and nodes outside managed node groups, are not looked at.',
  },

  params: z.object({
    approvedBastionSgs: z
      .array(z.string().regex(/^(?:sg|pl)-[0-9a-f]{8,32}$/))
      .default([])
      .describe('Security groups, and prefix lists, that may reach ports 22 and 3389.'),
    approvedBastionCidrs: z
      .array(z.cidrv4().or(z.cidrv6()))
      .default([])
      .describe('Networks that may reach ports 22 and 3389.'),
  }),

  messages: {
    openKey: {
      text: 'Remote access with the key {key} names no source groups: EKS opens it to the internet.',
      severity: 'critical',
    },
    key: { text: 'Nodes accept the SSH key {key}.', severity: 'medium' },
    templateKey: { text: 'The launch template gives the nodes the SSH key {key}.', severity: 'medium' },
    openPort: 'The security group {group} lets {sources} log in on port 22 or 3389.',
    adminContainer: { text: 'The admin container of Bottlerocket is on: a root shell on the node.', severity: 'low' },
  },

  evaluate({ subject, params, pass, fail, unforeseen }) {
    const { remoteAccess, amiType = 'CUSTOM', facets } = subject;
    const { launchTemplate: template, remoteAccessGroups: groups } = facets;
    const { ec2SshKey: key, sourceSecurityGroups: from = [] } = remoteAccess ?? {};
    const isBottlerocket = amiType === 'CUSTOM' || amiType.startsWith('BOTTLEROCKET_');
    const admin = isBottlerocket ? template?.adminContainer : false;
    const fails = [
      ...(key ? [fail(from.length > 0 ? 'key' : 'openKey', { key })] : []),
      ...(template?.keyName ? [fail('templateKey', { key: template.keyName })] : []),
      ...remoteLogins(groups, params).map(({ group, sources }) =>
        fail('openPort', { group, sources: sources.join(', ') }),
      ),
      ...(admin ? [fail('adminContainer')] : []),
    ];
    if (fails.length === 0 && admin === null) return unforeseen('UserData', 'nothing that can be read');
    return fails.length > 0 ? fails : pass();
  },
});
