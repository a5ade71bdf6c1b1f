import { z } from 'zod';
import { cluster } from '../../resources/cluster.ts';
import { clusterUpdate } from '../cluster-update.ts';
import { defineControl } from '../define-control.ts';

const ENVIRONMENT = 'environment';

export default defineControl({
  id: 'eks-deletion-protection',
  title: 'Deletion protection is on',
  severity: 'medium',
  why: 'A deleted control plane cannot be brought back, and one wrong call is enough to delete it.',
  howToFix: 'Turn deletion protection on. It takes effect at once and disturbs nothing.',
  references: { responsibility: 'customer' },

  resources: [cluster],
  needs: [],
  triggers: ['eks:CreateCluster', 'eks:UpdateClusterConfig'],
  fix: 'auto',

  params: z.object({
    prodTagValues: z
      .array(z.string().min(1))
      .default(['prod', 'production', 'prd', 'live'])
      .describe('Values of the tag `environment`, in any case, that make the finding a high one.'),
  }),

  messages: {
    off: 'Deletion protection is off.',
    offInProduction: { text: 'Deletion protection is off, and the cluster is tagged {environment}.', severity: 'high' },
  },

  shows: ({ subject }) => `deletion protection: ${subject.deletionProtection === true ? 'on' : 'off'}`,

  evaluate({ subject, params, pass, fail, notApplicable }) {
    if (subject.connectorConfig) return notApplicable('An external cluster cannot be deleted through EKS.');
    if (subject.deletionProtection === true) return pass();
    const production = new Set(params.prodTagValues.map((value) => value.toLowerCase()));
    const tagged = Object.entries(subject.tags ?? {}).find(
      ([key, value]) => key.toLowerCase() === ENVIRONMENT && production.has(value.toLowerCase()),
    );
    return tagged ? fail('offInProduction', { environment: tagged[1] }) : fail('off');
  },

  remediation: {
    risk: 'Whoever deletes the cluster on purpose must turn it off first, infrastructure code included.',
    uses: ['eks:UpdateClusterConfig'],
    plan: ({ subject }) =>
      subject.deletionProtection === true ? [] : [clusterUpdate(subject, 'auto', { deletionProtection: true })],
    undo: ({ before, subject }) =>
      before.deletionProtection !== true && subject.deletionProtection === true
        ? [clusterUpdate(subject, 'approve', { deletionProtection: false })]
        : [],
  },
});
