import { z } from 'zod';
import { principal } from '../../resources/principal.ts';
import { defineControl } from '../define-control.ts';
import { outdated, PRODUCT_AND_VERSION } from '../user-agent.ts';

/** Oldest first, as CloudTrail writes them. */
const VERSIONS = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Suites whose recorded traffic stays secret when the server's key is lost: all of TLS 1.3, and ephemeral exchanges. */
const FORWARD_SECRET = /^(?:TLS_(?:AES|CHACHA20)_|(?:TLS_)?(?:ECDHE|DHE)[-_])/;

export default defineControl({
  id: 'api-tls-version',
  title: 'Management API calls to EKS/ECR use TLS ≥1.2',
  severity: 'low',
  why: 'AWS refuses older versions on its public endpoints, so a call over one took a path that someone should know of.',
  howToFix: 'Find the client behind the calls and update it, or what it goes through.',
  references: { responsibility: 'shared' },

  resources: [principal],
  needs: [],
  triggers: [
    'eks:CreateCluster',
    'eks:UpdateClusterConfig',
    'eks:CreateNodegroup',
    'eks:CreateAccessEntry',
    'ecr:CreateRepository',
    'ecr:PutImage',
  ],
  fix: 'manual',

  params: z.object({
    minTls: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2').describe('Oldest version of TLS that is allowed.'),
    oldestClients: z
      .array(z.string().regex(PRODUCT_AND_VERSION, 'must be a product and a version such as "aws-cli/2"'))
      .default(['aws-sdk-go/2', 'aws-sdk-java/2', 'aws-sdk-js/3', 'aws-sdk-nodejs/3'])
      .describe(
        'Oldest clients that are not worth a note, as user agents name them; shipped: SDKs that AWS has ended.',
      ),
    quietDays: z.int().min(1).max(365).default(30).describe('Days without such a call after which the finding ends.'),
  }),

  messages: {
    oldTls: '{event} was called over {version}.',
    noForwardSecrecy: { text: '{event} was called with {suite}, which has no forward secrecy.', severity: 'info' },
    oldClient: { text: '{event} was called by {client}, which is outdated.', severity: 'info' },
  },

  shows: ({ subject }) => `${subject.tlsVersion ?? 'no version of TLS'}, ${subject.cipherSuite ?? 'no cipher suite'}`,

  evaluate({ subject, params, pass, fail, notApplicable, unforeseen }) {
    const { event, tlsVersion: version, cipherSuite: suite, userAgent = '' } = subject;
    if (version === undefined) return notApplicable('The call came from inside AWS.');
    if (!VERSIONS.includes(version)) return unforeseen('tlsVersion', version);
    const old = VERSIONS.indexOf(version) < VERSIONS.indexOf(params.minTls);
    const clients = outdated(userAgent, params.oldestClients);
    const said = [
      ...(old ? [fail('oldTls', { event, version })] : []),
      ...(suite === undefined || FORWARD_SECRET.test(suite) ? [] : [fail('noForwardSecrecy', { event, suite })]),
      ...(clients.length > 0 ? [fail('oldClient', { event, client: clients.join(', ') })] : []),
    ];
    return said.length > 0 ? said : pass();
  },
});
