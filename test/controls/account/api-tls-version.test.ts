import control from '../../../shared/controls/account/api-tls-version.ts';
import { aSighting } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const event = 'eks:UpdateClusterConfig';

testControl(control, {
  passes: {
    'TLS 1.3': { subject: aSighting(), shows: 'TLSv1.3, TLS_AES_128_GCM_SHA256' },
    'TLS 1.2 with an ephemeral exchange': {
      subject: aSighting({ tlsVersion: 'TLSv1.2', cipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256' }),
    },
    'TLS 1.2 by a client that says neither its suite nor its name': {
      subject: aSighting({ tlsVersion: 'TLSv1.2', cipherSuite: undefined, userAgent: undefined }),
      shows: 'TLSv1.2, no cipher suite',
    },
    'a current SDK whose name begins like that of an ended one': {
      subject: aSighting({ userAgent: 'aws-sdk-go-v2/1.39.6 os/linux lang/go#1.25.4 md/GOOS#linux' }),
    },
    'a client that is newer in its first number, older in its second': {
      subject: aSighting({ userAgent: 'aws-cli/3.1.0' }),
      params: { oldestClients: ['aws-cli/2.31'] },
    },
    'a client just as old as it may be': {
      subject: aSighting({ userAgent: 'aws-cli/2.31.0 md/awscrt#0.27.6' }),
      params: { oldestClients: ['aws-cli/2.31'], quietDays: 7 },
    },
  },

  notApplicable: {
    'a call from inside AWS': {
      subject: aSighting({ tlsVersion: undefined, cipherSuite: undefined }),
      shows: 'no version of TLS, no cipher suite',
    },
  },

  fails: {
    'TLS 1.1': {
      subject: aSighting({ tlsVersion: 'TLSv1.1', cipherSuite: 'ECDHE-RSA-AES128-SHA' }),
      message: 'oldTls',
      data: { event, version: 'TLSv1.1' },
      severity: 'low',
    },
    'TLS 1.0, as CloudTrail writes it': {
      subject: aSighting({ tlsVersion: 'TLSv1', cipherSuite: 'ECDHE-RSA-AES128-SHA' }),
      message: 'oldTls',
      data: { event, version: 'TLSv1' },
    },
    'TLS 1.2, where the baseline asks for 1.3': {
      subject: aSighting({ tlsVersion: 'TLSv1.2', cipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256' }),
      params: { minTls: 'TLSv1.3' },
      message: 'oldTls',
      data: { event, version: 'TLSv1.2' },
    },
    'a suite without forward secrecy': {
      subject: aSighting({ tlsVersion: 'TLSv1.2', cipherSuite: 'AES128-GCM-SHA256' }),
      message: 'noForwardSecrecy',
      data: { event, suite: 'AES128-GCM-SHA256' },
      severity: 'info',
    },
    'an SDK that AWS has ended': {
      subject: aSighting({ userAgent: 'aws-sdk-go/1.55.8 (go1.25.4; linux; amd64)' }),
      message: 'oldClient',
      data: { event, client: 'aws-sdk-go/1.55.8' },
      severity: 'info',
    },
    'an old client behind another product': {
      subject: aSighting({ userAgent: '[APN/1.0 HashiCorp/1.0 aws-cli/2.9.1]' }),
      params: { oldestClients: ['aws-cli/2.10'] },
      message: 'oldClient',
      data: { event, client: 'aws-cli/2.9.1' },
    },
    'a client that tells less of its version than is asked for': {
      subject: aSighting({ userAgent: 'aws-cli/2' }),
      params: { oldestClients: ['aws-cli/2.0.1'] },
      message: 'oldClient',
      data: { event, client: 'aws-cli/2' },
    },
    'everything old': {
      subject: aSighting({
        tlsVersion: 'TLSv1',
        cipherSuite: 'RC4-SHA',
        userAgent: 'aws-sdk-java/1.12.797 Linux/5.10 OpenJDK_64-Bit_Server_VM/25.472',
      }),
      message: 'oldTls',
      data: { event, version: 'TLSv1' },
      also: [
        { message: 'noForwardSecrecy', data: { event, suite: 'RC4-SHA' } },
        { message: 'oldClient', data: { event, client: 'aws-sdk-java/1.12.797' } },
      ],
      severity: 'low',
    },
  },

  unforeseen: {
    'U-05: a version of TLS that is new': { subject: aSighting({ tlsVersion: 'TLSv1.4' }), field: 'tlsVersion' },
  },
});
