import { image } from '../../../shared/resources/image.ts';
import type { ImageFinding } from '../../../shared/resources/image-scan.ts';
import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type ImageSubject = SubjectOf<typeof image>;

const DIGEST = `sha256:${'5f1c8f0e7d0b4b65'.repeat(4)}`;

const whole = (): ImageSubject => ({
  kind: image.kind,
  at: { kind: 'image', id: `payments-api@${DIGEST}`, account: '111122223333', region: 'eu-west-1' },
  partition: 'aws',
  usedBy: [],
  registryId: '111122223333',
  repositoryName: 'payments-api',
  imageDigest: DIGEST,
  imageTags: ['2026.11.1'],
  imageSizeInBytes: 48_113_920,
  imagePushedAt: new Date('2026-11-02T10:00:00Z'),
  imageManifestMediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  imageStatus: 'ACTIVE',
  facets: { scan: { status: 'ACTIVE', kind: 'enhanced', findings: [] } },
});

/** An image that was scanned and that every control passes. */
export function anImage(overrides: Overrides<ImageSubject> = {}): ImageSubject {
  return laidOver(whole(), overrides);
}

/** A critical vulnerability with a fix, first seen when the sample image was pushed. */
export function aVulnerability(overrides: Overrides<ImageFinding> = {}): ImageFinding {
  const cve: ImageFinding = {
    name: 'CVE-2026-21001',
    severity: 'CRITICAL',
    fixAvailable: 'YES',
    exploitAvailable: 'NO',
    firstObserved: new Date('2026-11-02T10:05:00Z'),
  };
  return laidOver(cve, overrides);
}
