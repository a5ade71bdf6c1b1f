import type { ClusterVersionInformation } from '@aws-sdk/client-eks';

const VERSION = /^(\d{1,3})\.(\d{1,4})$/;

/** Throws for what is no version: a control that meets such text is unknown, and never passes. */
function parsed(version: string): [number, number] {
  const [, major, minor] = VERSION.exec(version) ?? [];
  if (major === undefined || minor === undefined) throw new RangeError(`"${version}" is no Kubernetes version`);
  return [Number(major), Number(minor)];
}

/** `1.9` is older than `1.10`. */
export function isOlder(version: string, than: string): boolean {
  const [major, minor] = parsed(version);
  const [thanMajor, thanMinor] = parsed(than);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}

/** The number of a platform version (`eks.11`) of EKS in a region; undefined for any other text. */
function platformNumber(platformVersion: string | undefined): number | undefined {
  const [, number] = /^eks\.(\d{1,5})$/.exec(platformVersion ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Where a version is in its life, by when that ends, and the field that says so; undefined for a phase that AWS added. */
export function phaseOf(listed: ClusterVersionInformation) {
  const { versionStatus, endOfStandardSupportDate, endOfExtendedSupportDate } = listed;
  if (versionStatus === 'STANDARD_SUPPORT') {
    return { support: 'standard', ends: endOfStandardSupportDate, field: 'endOfStandardSupportDate' } as const;
  }
  return versionStatus === 'EXTENDED_SUPPORT'
    ? ({ support: 'extended', ends: endOfExtendedSupportDate, field: 'endOfExtendedSupportDate' } as const)
    : undefined;
}

/** Whether a cluster's platform is older than the newest of its version; undefined where that cannot be told. */
export function isPlatformBehind(platform: string | undefined, newest: string | undefined): boolean | undefined {
  const own = platformNumber(platform);
  const other = platformNumber(newest);
  return own === undefined || other === undefined ? undefined : own < other;
}
