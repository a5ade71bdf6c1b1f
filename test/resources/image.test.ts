import { describe, expect, it } from 'vitest';
import { image } from '../../shared/resources/image.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { aResource, lines } from '../support/located.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const at = aResource('image', `team/payments@${DIGEST}`);
const OBSERVED = new Date('2026-11-01T00:00:00Z');

const scanOf = (answer: object | 'gone') =>
  image.facets.scan.read(fakeReader({ 'ecr:DescribeImageScanFindings': () => answer as 'gone' }), {}, at, []);

describe('image', () => {
  it('reads itself by repository and digest', async () => {
    const detail = { imageDigest: DIGEST, imageTags: ['1.4.2'] };
    const reader = fakeReader({ 'ecr:DescribeImages': () => ({ imageDetails: [detail] }) });
    expect(await image.base?.(reader, at)).toEqual({ outcome: 'found', began: 1, value: detail });
    expect(reader.calls).toEqual([
      ['ecr:DescribeImages', { repositoryName: 'team/payments', imageIds: [{ imageDigest: DIGEST }] }],
    ]);
  });

  it.each([
    ['gone', { outcome: 'gone', began: 1 }],
    [{ imageDetails: [] }, { outcome: 'gone', began: 1 }],
    [{}, lacking('ecr:DescribeImages', 1)],
  ])('cannot be read: %j', async (answer, expected) => {
    expect(await image.base?.(fakeReader({ 'ecr:DescribeImages': () => answer as 'gone' }), at)).toEqual(expected);
  });

  it('links to its repository', () => {
    expect(lines(image.links?.({}, {}, at) ?? [])).toEqual(['repository → repository team/payments']);
  });

  it('has the findings of a basic scan', async () => {
    const reader = fakeReader({
      'ecr:DescribeImageScanFindings': () => ({
        imageScanStatus: { status: 'COMPLETE' },
        imageScanFindings: { findings: [{ name: 'CVE-2026-0001', severity: 'HIGH' }, {}] },
      }),
    });
    const unnamed = {
      name: 'unnamed',
      severity: 'UNDEFINED',
      fixAvailable: null,
      exploitAvailable: null,
      firstObserved: null,
    };
    expect(await image.facets.scan.read(reader, {}, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: {
        status: 'COMPLETE',
        kind: 'basic',
        findings: [{ ...unnamed, name: 'CVE-2026-0001', severity: 'HIGH' }, unnamed],
      },
    });
    expect(reader.calls).toEqual([
      ['ecr:DescribeImageScanFindings', { repositoryName: 'team/payments', imageId: { imageDigest: DIGEST } }],
    ]);
  });

  it('has the open findings of an enhanced scan', async () => {
    const critical = {
      title: 'CVE-2026-0002 - openssl',
      severity: 'CRITICAL',
      status: 'ACTIVE',
      fixAvailable: 'YES',
      exploitAvailable: 'NO',
      firstObservedAt: OBSERVED,
      packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-0002' },
    };
    const enhancedFindings = [
      critical,
      { ...critical, status: 'CLOSED' },
      { ...critical, status: 'SUPPRESSED' },
      { title: 'a title' },
      {},
    ];
    const read = await scanOf({ imageScanStatus: { status: 'ACTIVE' }, imageScanFindings: { enhancedFindings } });
    const bare = { severity: 'UNDEFINED', fixAvailable: null, exploitAvailable: null, firstObserved: null };
    expect(read).toEqual({
      outcome: 'found',
      began: 1,
      value: {
        status: 'ACTIVE',
        kind: 'enhanced',
        findings: [
          {
            name: 'CVE-2026-0002',
            severity: 'CRITICAL',
            fixAvailable: 'YES',
            exploitAvailable: 'NO',
            firstObserved: OBSERVED,
          },
          { ...bare, name: 'a title' },
          { ...bare, name: 'unnamed' },
        ],
      },
    });
  });

  it.each([
    ['never made', 'gone', null],
    ['failed', { imageScanStatus: { status: 'FAILED' } }, { status: 'FAILED', kind: 'basic', findings: [] }],
    [
      'clean, with its empty list left out',
      { imageScanStatus: { status: 'ACTIVE' }, imageScanFindings: { findingSeverityCounts: {} } },
      { status: 'ACTIVE', kind: 'basic', findings: [] },
    ],
  ] as const)('has a scan that was %s', async (_, answer, value) => {
    expect(await scanOf(answer)).toEqual({ outcome: 'found', began: 1, value });
  });

  it.each([
    ['no status', { imageScanFindings: { findings: [] } }],
    ['no findings', { imageScanStatus: { status: 'COMPLETE' } }],
    [
      'counts but no findings',
      { imageScanStatus: { status: 'COMPLETE' }, imageScanFindings: { findingSeverityCounts: { HIGH: 1 } } },
    ],
  ])('is not clean for want of an answer: %s', async (_, answer) => {
    expect(await scanOf(answer)).toEqual(lacking('ecr:DescribeImageScanFindings', 1));
  });

  it('is not unscanned for being refused', async () => {
    expect(await scanOf('refused' as 'gone')).toEqual(unread('refused', 'ecr:DescribeImageScanFindings', 1));
  });
});
