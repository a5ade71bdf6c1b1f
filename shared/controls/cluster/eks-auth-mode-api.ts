import { z } from 'zod';
import { cluster } from '../../resources/cluster.ts';
import { defineControl } from '../define-control.ts';

/** What EKS's API gives a cluster whose maker asked for nothing. */
const UNASKED = 'CONFIG_MAP';

export default defineControl({
  id: 'eks-auth-mode-api',
  title: 'Access is managed by EKS access entries, not aws-auth',
  severity: 'high',
  why: 'Who aws-auth lets in shows in no AWS log, and the creator of such a cluster stays its hidden administrator.',
  howToFix:
    'Move to API_AND_CONFIG_MAP, give each entry of aws-auth an access entry, then move to API. There is no way back from either step.',
  references: { cis: ['4.1.7', '5.5.1'], responsibility: 'customer' },

  resources: [cluster],
  needs: [],
  triggers: ['eks:CreateCluster', 'eks:UpdateClusterConfig'],
  fix: 'approve',
  notJudged: {
    kubernetes: 'Whether kube-system/aws-auth still holds entries: where both ways are on, they count too.',
  },

  params: z.object({
    requiredMode: z.enum(['API', 'API_AND_CONFIG_MAP']).default('API').describe('The mode that clusters must have.'),
    allowTransition: z.boolean().default(true).describe('On the way to API, having both ways on is only worth a note.'),
  }),

  messages: {
    configMap: 'Access is managed by the aws-auth ConfigMap alone.',
    transition: { text: 'Access entries are used, but the aws-auth ConfigMap still counts.', severity: 'info' },
    bothWays: { text: 'The aws-auth ConfigMap still counts beside access entries.', severity: 'low' },
    creatorAdmin: { text: 'The cluster was made with its creator as administrator.', severity: 'low' },
  },

  shows: ({ subject }) => `authentication mode: ${subject.accessConfig?.authenticationMode ?? UNASKED}`,

  evaluate({ subject, params, pass, fail, notApplicable, unforeseen }) {
    if (subject.connectorConfig) return notApplicable('EKS does not manage access to an external cluster.');
    const { authenticationMode = UNASKED, bootstrapClusterCreatorAdminPermissions: creator } =
      subject.accessConfig ?? {};
    const said = creator === true ? [fail('creatorAdmin')] : [];
    switch (authenticationMode) {
      case 'API':
        return [pass(), ...said];
      case 'API_AND_CONFIG_MAP':
        if (params.requiredMode === 'API_AND_CONFIG_MAP') return [pass(), ...said];
        return [fail(params.allowTransition ? 'transition' : 'bothWays'), ...said];
      case 'CONFIG_MAP':
        return [fail('configMap'), ...said];
      default:
        return unforeseen('accessConfig.authenticationMode', authenticationMode);
    }
  },
});
