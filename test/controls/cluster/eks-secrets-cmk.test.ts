import control from '../../../shared/controls/cluster/eks-secrets-cmk.ts';
import { aCluster, anExternalCluster } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const withoutKey = (version: string | undefined) =>
  aCluster({ version, encryptionConfig: undefined, facets: { encryptionKey: null } });

const AWS_KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9';
const awsManaged = aCluster({ facets: { encryptionKey: { Arn: AWS_KEY, KeyManager: 'AWS' } } });

testControl(control, {
  passes: {
    'a key of our own': {
      subject: aCluster(),
      shows: 'key: arn:aws:kms:eu-west-1:111122223333:key/5f1c8f0e-7d0b-4b65-9a2e-3c1f5b7d9e21',
    },
    'a key of our own, though the deprecated list of resources is empty': {
      subject: aCluster({
        encryptionConfig: [{ resources: [], provider: { keyArn: AWS_KEY } }],
      }),
    },
    'a key of our own on a version that would encrypt nothing by itself': { subject: aCluster({ version: '1.27' }) },
    'a key of AWS, where that is enough': { subject: withoutKey('1.28'), params: { requireCmk: false } },
    'a key that AWS manages in our account, where that is enough': {
      subject: awsManaged,
      params: { requireCmk: false },
    },
  },

  notApplicable: {
    'an external cluster': { subject: anExternalCluster() },
  },

  fails: {
    'no key of our own': { subject: withoutKey('1.36'), message: 'noKey', shows: 'key: of AWS' },
    'no key of our own on the first version that always encrypts': { subject: withoutKey('1.28'), message: 'noKey' },
    'no key on a version that then does not encrypt': {
      subject: withoutKey('1.27'),
      message: 'notEncrypted',
      data: { version: '1.27' },
      severity: 'high',
    },
    'no key on such a version, wherever the key may be from': {
      subject: withoutKey('1.9'),
      params: { requireCmk: false },
      message: 'notEncrypted',
      data: { version: '1.9' },
    },
    'a key that AWS manages': { subject: awsManaged, message: 'awsManaged', data: { key: AWS_KEY } },
  },

  unforeseen: {
    'U-05: a new kind of key manager': {
      subject: aCluster({ facets: { encryptionKey: { KeyManager: 'PARTNER' as 'AWS' } } }),
      field: 'encryptionKey.KeyManager',
    },
    'U-05: no word on who manages the key': {
      subject: aCluster({ facets: { encryptionKey: { KeyManager: undefined } } }),
      field: 'encryptionKey.KeyManager',
    },
  },
});
