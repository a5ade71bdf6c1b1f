import type { ImageStatus } from '@aws-sdk/client-ecr';
import control from '../../../shared/controls/image/image-vulnerabilities.ts';
import type { ImageFinding, ImageScan } from '../../../shared/resources/image-scan.ts';
import { anImage, aVulnerability } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const NAME = 'CVE-2026-21001';
const scanned = (scan: ImageScan | null) => ({ ...anImage(), facets: { scan } });
const having = (...findings: ImageFinding[]) => scanned({ status: 'ACTIVE', kind: 'enhanced', findings });
const ofStatus = (status: string) => scanned({ status, kind: 'basic', findings: [] });
const unfixed = { fixAvailable: 'NO' };
const high = { severity: 'HIGH', firstObserved: new Date('2026-10-01T00:00:00Z') };
/** A basic scan knows neither dates nor fixes. */
const basic = { firstObserved: null, fixAvailable: null, exploitAvailable: null };
const late = <M extends string>(message: M, days: number, names = NAME, count = 1) => ({
  message,
  data: { count, days, names },
});
const acceptedUntil = (until: string, cve = NAME, repository = 'payments-api') => ({
  accepted: [{ cve, repository, until }],
});

testControl(control, {
  passes: {
    'no vulnerabilities': { subject: anImage() },
    'a basic scan without findings': { subject: ofStatus('COMPLETE') },
    'a critical one within its week': { subject: having(aVulnerability()), now: '2026-11-09T10:05:00Z' },
    'a high one within its month': {
      subject: having(aVulnerability({ severity: 'HIGH' })),
      now: '2026-12-02T10:05:00Z',
    },
    'a critical one within a longer time': { subject: having(aVulnerability()), params: { slaCritical: 30 } },
    'a high one within a longer time': { subject: having(aVulnerability(high)), params: { slaHigh: 90 } },
    'a high one, where only critical ones count': {
      subject: having(aVulnerability(high)),
      params: { minSeverity: 'critical' },
    },
    'a critical one that has no fix and is not exploited': { subject: having(aVulnerability(unfixed)) },
    'medium ones and such without a severity': {
      subject: having(
        ...['MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED', 'UNDEFINED'].map((severity) => aVulnerability({ severity })),
      ),
    },
    'one that is accepted to the end of today': {
      subject: having(aVulnerability()),
      params: acceptedUntil('2026-11-21'),
    },
  },

  notApplicable: {
    'a list of images for several machines': {
      subject: anImage({
        imageManifestMediaType: 'application/vnd.oci.image.index.v1+json',
        facets: { scan: null },
      }),
    },
    'the signature of an image': {
      subject: { ...scanned(null), subjectManifestDigest: `sha256:${'0'.repeat(64)}` },
    },
    'a chart that no scanner takes': {
      subject: {
        ...ofStatus('UNSUPPORTED_IMAGE'),
        artifactMediaType: 'application/vnd.cncf.helm.config.v1+json',
      },
    },
    'an archived image': { subject: { ...ofStatus('IMAGE_ARCHIVED'), imageStatus: 'ARCHIVED' satisfies ImageStatus } },
  },

  fails: {
    'a critical one past its week': { subject: having(aVulnerability()), ...late('critical', 7) },
    'a critical one a second past its week': {
      subject: having(aVulnerability()),
      now: '2026-11-09T10:05:01Z',
      ...late('critical', 7),
    },
    'a critical one that may not stay a day': {
      subject: having(aVulnerability({ firstObserved: new Date('2026-11-21T11:59:59Z') })),
      params: { slaCritical: 0 },
      ...late('critical', 0),
    },
    'a high one past its month': { subject: having(aVulnerability(high)), ...late('high', 30) },
    'a high one past a shorter time': {
      subject: having(aVulnerability({ severity: 'HIGH' })),
      params: { slaHigh: 14 },
      ...late('high', 14),
    },
    'one that has no fix but is exploited': {
      subject: having(aVulnerability({ ...unfixed, exploitAvailable: 'YES' })),
      ...late('critical', 7),
    },
    'one that is fixed in part': {
      subject: having(aVulnerability({ fixAvailable: 'PARTIAL' })),
      ...late('critical', 7),
    },
    'one without a fix, where those count': {
      subject: having(aVulnerability(unfixed)),
      params: { ignoreUnfixed: false },
      ...late('critical', 7),
    },
    'one of a basic scan, by the day of the push': {
      subject: scanned({ status: 'COMPLETE', kind: 'basic', findings: [aVulnerability(basic)] }),
      ...late('critical', 7),
    },
    'one that was accepted until yesterday': {
      subject: having(aVulnerability()),
      params: acceptedUntil('2026-11-20'),
      ...late('critical', 7),
    },
    'another one than that accepted': {
      subject: having(aVulnerability()),
      params: acceptedUntil('2027-01-31', 'CVE-2026-99999'),
      ...late('critical', 7),
    },
    'one that is accepted in another repository': {
      subject: having(aVulnerability()),
      params: acceptedUntil('2027-01-31', NAME, 'payments'),
      ...late('critical', 7),
    },
    'the same one in two packages counts once': {
      subject: having(aVulnerability(), aVulnerability({ fixAvailable: 'PARTIAL' })),
      params: { slaHigh: 31 },
      ...late('critical', 7),
    },
    'critical and high ones, each told apart': {
      subject: having(aVulnerability({ ...high, name: 'CVE-2026-30001' }), aVulnerability()),
      ...late('critical', 7),
      also: [late('high', 30, 'CVE-2026-30001')],
    },
    'more than can be named': {
      subject: having(...[7, 6, 5, 4, 3, 2, 1].map((last) => aVulnerability({ name: `CVE-2026-2100${last}` }))),
      ...late('critical', 7, `${[1, 2, 3, 4, 5].map((last) => `CVE-2026-2100${last}`).join(', ')} and 2 more`, 7),
    },
  },

  unforeseen: {
    'an image that was never scanned': { subject: scanned(null), field: 'scan' },
    'a scan that goes on': { subject: ofStatus('IN_PROGRESS'), field: 'scan' },
    'a scan that failed': { subject: ofStatus('FAILED'), field: 'scan' },
    'an image that cannot be scanned': { subject: ofStatus('UNSUPPORTED_IMAGE'), field: 'scan' },
    'an image that Inspector watches no more': { subject: ofStatus('SCAN_ELIGIBILITY_EXPIRED'), field: 'scan' },
    'U-05: a status that AWS adds later': { subject: ofStatus('POSTPONED'), field: 'scan' },
    'U-05: a severity that AWS adds later': {
      subject: having(aVulnerability({ severity: 'CATASTROPHIC' })),
      field: 'severity',
    },
    'U-01: no date at all': {
      subject: { ...having(aVulnerability(basic)), imagePushedAt: undefined },
      field: 'imagePushedAt',
    },
  },
});
