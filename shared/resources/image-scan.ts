import type {
  DescribeImageScanFindingsResponse,
  EnhancedImageScanFinding,
  ImageScanFinding,
} from '@aws-sdk/client-ecr';
import { onFound, orNull, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';

/** One vulnerability of an image, the same from Inspector (enhanced) and from ECR's own scan (basic). */
export interface ImageFinding {
  /** The CVE, or the best name there is. */
  name: string;
  /** `CRITICAL`, `HIGH` … `UNTRIAGED`, `UNDEFINED`, as AWS says it. */
  severity: string;
  /** `YES`, `NO`, `PARTIAL`; null where the scan does not tell, as a basic one. */
  fixAvailable: string | null;
  exploitAvailable: string | null;
  /** Null for a basic scan: the day of the push is the best there is. */
  firstObserved: Date | null;
}

export interface ImageScan {
  /** `ACTIVE` and `COMPLETE` have findings; `FAILED`, `UNSUPPORTED_IMAGE`, `PENDING` … say that there is no result. */
  status: string;
  kind: 'basic' | 'enhanced';
  findings: readonly ImageFinding[];
}

const ACTION = 'ecr:DescribeImageScanFindings';

/** ECR answers with Inspector's findings too where that scans. Null: never scanned. */
export async function imageScan(
  reader: Reader,
  repositoryName: string,
  imageDigest: string,
): Promise<Read<ImageScan | null>> {
  const answer = await reader.read(ACTION, { repositoryName, imageId: { imageDigest } });
  return orNull(onFound(answer, ACTION, scanOf));
}

function scanOf({ imageScanStatus, imageScanFindings }: DescribeImageScanFindingsResponse): ImageScan | undefined {
  const status = imageScanStatus?.status;
  if (status === undefined) return undefined;
  const { findings, enhancedFindings, findingSeverityCounts } = imageScanFindings ?? {};
  const isWhole = findings !== undefined || enhancedFindings !== undefined || isEmpty(findingSeverityCounts);
  if ((status === 'COMPLETE' || status === 'ACTIVE') && !isWhole) return undefined;
  return {
    status,
    kind: enhancedFindings === undefined ? 'basic' : 'enhanced',
    findings: [...(enhancedFindings ?? []).flatMap(enhanced), ...(findings ?? []).map(basic)],
  };
}

/** Counts list only severities that occur; without counts nothing is known. */
function isEmpty(counts: Readonly<Record<string, number>> | undefined): boolean {
  return counts !== undefined && Object.values(counts).every((count) => count === 0);
}

function basic({ name, severity }: ImageScanFinding): ImageFinding {
  return {
    name: name ?? 'unnamed',
    severity: severity ?? 'UNDEFINED',
    fixAvailable: null,
    exploitAvailable: null,
    firstObserved: null,
  };
}

/** Closed ones are fixed, suppressed ones were accepted in Inspector: neither is open. */
function enhanced(finding: EnhancedImageScanFinding): ImageFinding[] {
  const { status, severity, title, packageVulnerabilityDetails: details } = finding;
  if (status === 'CLOSED' || status === 'SUPPRESSED') return [];
  return [
    {
      name: details?.vulnerabilityId ?? title ?? 'unnamed',
      severity: severity ?? 'UNDEFINED',
      fixAvailable: finding.fixAvailable ?? null,
      exploitAvailable: finding.exploitAvailable ?? null,
      firstObserved: finding.firstObservedAt ?? null,
    },
  ];
}
