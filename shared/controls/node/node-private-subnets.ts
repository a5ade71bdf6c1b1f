import { z } from 'zod';
import { nodegroup } from '../../resources/nodegroup.ts';
import { defineControl } from '../define-control.ts';
import { NODEGROUP_CALLS } from '../triggers.ts';

export default defineControl({
  id: 'node-private-subnets',
  title: 'Worker nodes run in private subnets',
  severity: 'high',
  why: 'A node in a subnet that routes to an internet gateway needs only a public address to be attacked directly.',
  howToFix: 'Make a node group in private subnets, drain this one and delete it: its subnets cannot be changed.',
  references: { cis: ['5.4.3'] },

  resources: [nodegroup],
  needs: ['subnets'],
  triggers: [
    ...NODEGROUP_CALLS,
    'ec2:CreateRoute',
    'ec2:ReplaceRoute',
    'ec2:DeleteRoute',
    'ec2:AssociateRouteTable',
    'ec2:ReplaceRouteTableAssociation',
    'ec2:DisassociateRouteTable',
  ],
  fix: 'none',
  notJudged: {
    instance: 'Nodes outside managed node groups are not looked at.',
    fargateProfile: 'Fargate profiles are not looked at; EKS accepts only private subnets for them.',
  },

  params: z.object({
    exemptTag: z
      .string()
      .regex(/^[^=]+=[^=]*$/)
      .default('edge=true')
      .describe('Tag, as key=value, of node groups that are meant to be in public subnets.'),
    allowEdgeNodeGroups: z.boolean().default(true).describe('Whether that tag makes an exception.'),
  }),

  messages: {
    publicSubnets: 'Nodes run in subnets that route to an internet gateway: {subnets}.',
  },

  shows: ({ subject }) =>
    subject.facets.subnets.map((subnet) => `${subnet.id} ${subnet.public ? 'public' : 'private'}`).join(', '),

  evaluate({ subject, params, pass, fail, notApplicable, unforeseen }) {
    const { tags = {}, facets } = subject;
    const [key = '', value] = params.exemptTag.split('=');
    const isEdge = Object.hasOwn(tags, key) && tags[key] === value;
    if (params.allowEdgeNodeGroups && isEdge)
      return notApplicable(`Its tag ${params.exemptTag} says that it is meant so.`);
    if (facets.subnets.length === 0) return unforeseen('subnets', 'none');

    const open = facets.subnets.filter((subnet) => subnet.public);
    return open.length > 0 ? fail('publicSubnets', { subnets: open.map(({ id }) => id).join(', ') }) : pass();
  },
});
