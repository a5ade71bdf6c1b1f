import { z } from 'zod';
import { nodegroup } from '../../resources/nodegroup.ts';
import { defineControl } from '../define-control.ts';
import { familyOf, familyOfImage } from '../node-os.ts';
import { LAUNCH_TEMPLATE_CALLS, NODEGROUP_CALLS } from '../triggers.ts';

export default defineControl({
  id: 'node-os-optimized',
  title: 'Nodes run a supported container-optimised OS',
  severity: 'high',
  why: 'An operating system without fixes, or made for other work, gives whoever leaves a container more to attack.',
  howToFix: 'Make a node group with an AL2023 or Bottlerocket AMI type, drain this one and delete it.',
  references: { responsibility: 'shared' },

  resources: [nodegroup],
  needs: ['image'],
  triggers: [...NODEGROUP_CALLS, ...LAUNCH_TEMPLATE_CALLS],
  fix: 'none',
  notJudged: {
    instance: 'Nodes outside managed node groups are not looked at.',
    kubernetes: 'The operating system and container runtime that each node reports to Kubernetes are not read.',
  },

  params: z.object({
    allowedAmiTypes: z.array(z.string()).default([]).describe('Where set, only these AMI types.'),
    approvedAmiOwners: z
      .array(z.string().regex(/^(?:\d{12}|self)$/))
      .default([])
      .describe('Accounts whose own images may be used; self is the account of the node group.'),
    preferBottlerocket: z.boolean().default(false).describe('Tells of Amazon Linux 2023 too.'),
  }),

  messages: {
    amazonLinux2: 'Nodes run Amazon Linux 2, which has had no fixes since June 2026.',
    notAllowed: 'The AMI type {amiType} is not one of those allowed.',
    unknownImage: { text: 'The image {image} belongs to {owner}, not to EKS or Bottlerocket.', severity: 'medium' },
    oldWindows: { text: 'Nodes run Windows Server 2019.', severity: 'low' },
    notBottlerocket: {
      text: 'Nodes run Amazon Linux 2023, whose SELinux only reports, not Bottlerocket.',
      severity: 'info',
    },
  },

  shows: ({ subject }) => subject.facets.image?.name ?? subject.amiType ?? 'no AMI type',

  evaluate({ subject, params, pass, fail, unforeseen }) {
    const { amiType = '', facets, at } = subject;
    const { allowedAmiTypes, approvedAmiOwners, preferBottlerocket } = params;
    const isAllowed = allowedAmiTypes.includes(amiType);
    if (allowedAmiTypes.length > 0 && !isAllowed) return fail('notAllowed', { amiType });

    const { image } = facets;
    const family = image ? familyOfImage(image) : familyOf(amiType);
    if (family === undefined) return isAllowed ? pass() : unforeseen('amiType', subject.amiType);
    if (family === 'Amazon Linux 2') return fail('amazonLinux2');
    if (family === 'Windows 2019') return fail('oldWindows');
    if (family === 'Amazon Linux 2023' && preferBottlerocket) return fail('notBottlerocket');
    const owners = approvedAmiOwners.map((owner) => (owner === 'self' ? at.account : owner));
    const isStranger = image !== null && family === 'other' && !owners.includes(image.owner);
    return isStranger ? fail('unknownImage', { image: image.id, owner: image.owner }) : pass();
  },
});
