import type { Cluster, LogType } from '@aws-sdk/client-eks';
import { z } from 'zod';
import { cluster } from '../../resources/cluster.ts';
import { clusterUpdate } from '../cluster-update.ts';
import { defineControl } from '../define-control.ts';

const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const satisfies LogType[];

/** `clusterLogging` is a list, and lists types that are off too. */
function enabledLogTypes({ logging }: Cluster): Set<LogType> {
  return new Set(logging?.clusterLogging?.flatMap(({ enabled, types }) => (enabled ? (types ?? []) : [])));
}

export default defineControl({
  id: 'eks-control-plane-logging',
  title: 'All five control-plane log types are on',
  severity: 'high',
  why: 'Without audit and authenticator logs nobody can tell who did what inside the cluster.',
  howToFix: 'Turn on the missing log types; they go to the log group /aws/eks/<cluster>/cluster.',
  references: { cis: ['2.1.1', '2.1.2'], securityHub: ['EKS.8'], nist: ['AU-2', 'AU-3', 'AU-12'], pci: ['10.2.1'] },

  resources: [cluster],
  needs: [],
  triggers: ['eks:CreateCluster', 'eks:UpdateClusterConfig'],
  fix: 'auto',

  params: z.object({
    requiredTypes: z
      .array(z.enum(LOG_TYPES))
      .min(1)
      .default([...LOG_TYPES])
      .describe('Log types that must be on.'),
  }),

  messages: {
    auditMissing: { text: 'Audit or authenticator logs are off: {missing}.', severity: 'high' },
    typesMissing: { text: 'Log types are off: {missing}.', severity: 'medium' },
  },

  shows: ({ subject }) => `on: ${[...enabledLogTypes(subject)].sort().join(', ') || 'none'}`,

  evaluate({ subject, params, pass, fail, notApplicable, unforeseen }) {
    if (subject.connectorConfig) return notApplicable('An external cluster has no EKS control plane.');
    const on = enabledLogTypes(subject);
    const missing = params.requiredTypes.filter((type) => !on.has(type));
    if (missing.length > 0) {
      const telling = missing.some((type) => type === 'audit' || type === 'authenticator');
      return fail(telling ? 'auditMissing' : 'typesMissing', { missing: missing.join(', ') });
    }
    const listed = subject.logging?.clusterLogging?.flatMap(({ types = [] }) => types) ?? [];
    const added = listed.find((type) => !LOG_TYPES.includes(type));
    return added === undefined ? pass() : unforeseen('logging.clusterLogging', added);
  },

  remediation: {
    risk: 'CloudWatch Logs bills for ingestion and storage of what the control plane writes.',
    uses: ['eks:UpdateClusterConfig'],
    plan: ({ subject, params }) => {
      const on = enabledLogTypes(subject);
      const types = params.requiredTypes.filter((type) => !on.has(type));
      const change = { logging: { clusterLogging: [{ types, enabled: true }] } };
      return types.length === 0 ? [] : [clusterUpdate(subject, 'auto', change)];
    },
    undo: ({ before, subject, params }) => {
      const was = enabledLogTypes(before);
      const on = enabledLogTypes(subject);
      const types = params.requiredTypes.filter((type) => on.has(type) && !was.has(type));
      const change = { logging: { clusterLogging: [{ types, enabled: false }] } };
      return types.length === 0 ? [] : [clusterUpdate(subject, 'approve', change)];
    },
  },
});
