import { z } from 'zod';
import { cluster } from '../../resources/cluster.ts';
import { defineControl } from '../define-control.ts';
import { isOlder } from '../kubernetes-version.ts';

/** From this version on, EKS encrypts all API data, with a key of AWS's where the customer names none. */
const ENCRYPTED_SINCE = '1.28';

export default defineControl({
  id: 'eks-secrets-cmk',
  title: 'Kubernetes API data is encrypted with a customer-managed KMS key',
  severity: 'medium',
  why: 'Only with a key of your own can you see its use, limit it and withdraw it.',
  howToFix:
    'Associate a symmetric KMS key of this region by its ARN. It can never be taken off or changed, and the cluster is lost with the key.',
  references: {
    cis: ['5.3.1'],
    securityHub: ['EKS.3'],
    nist: ['SC-8', 'SC-12', 'SC-13', 'SC-28'],
    pci: ['3.5.1', '8.3.2'],
    responsibility: 'customer',
  },

  resources: [cluster],
  needs: ['encryptionKey'],
  triggers: ['eks:CreateCluster', 'eks:AssociateEncryptionConfig'],
  fix: 'approve',

  params: z.object({
    requireCmk: z
      .boolean()
      .default(true)
      .describe('`false` accepts a key of AWS where the version encrypts with one by itself.'),
  }),

  messages: {
    notEncrypted: {
      text: 'Secrets are not encrypted by KMS: Kubernetes {version} does so only with a key of yours.',
      severity: 'high',
    },
    noKey: 'Kubernetes data is encrypted with a key of AWS: you have no control of the key.',
    awsManaged: 'Kubernetes data is encrypted with {key}, which AWS manages.',
  },

  shows: ({ subject }) => `key: ${subject.encryptionConfig?.[0]?.provider?.keyArn ?? 'of AWS'}`,

  evaluate({ subject, params, pass, fail, notApplicable, unforeseen }) {
    if (subject.connectorConfig) return notApplicable('An external cluster keeps its data elsewhere.');
    const { version = '', facets } = subject;
    const key = facets.encryptionKey;
    if (key === null) {
      if (isOlder(version, ENCRYPTED_SINCE)) return fail('notEncrypted', { version });
      return params.requireCmk ? fail('noKey') : pass();
    }
    if (key.KeyManager === 'CUSTOMER') return pass();
    if (key.KeyManager !== 'AWS') return unforeseen('encryptionKey.KeyManager', key.KeyManager);
    return params.requireCmk ? fail('awsManaged', { key: key.Arn ?? 'a key' }) : pass();
  },
});
