import { type AnyControl, kindsOf } from '../controls/define-control.ts';
import { text } from '../resources/json.ts';
import type { AnyKind } from '../resources/kind.ts';
import { DAY } from '../runtime/clock.ts';
import { globOf, keyParts } from './pattern.ts';
import type { Path } from './positions.ts';
import { type Complaint, shown } from './sentences.ts';
import { didYouMean } from './suggest.ts';

/** Most days from today that a waiver may last. */
export const MOST_DAYS = 365;

/** A waiver's rules beyond its shape: two people, an end within a year, a resource that its control judges. */
export function waiverComplaints(
  waiver: unknown,
  path: Path,
  control: AnyControl | undefined,
  kinds: readonly AnyKind[],
  now: number,
): Complaint[] {
  const asked = text(waiver, 'requestedBy')?.trim().toLowerCase();
  const approved = text(waiver, 'approvedBy')?.trim().toLowerCase();
  const latest = new Date(now + MOST_DAYS * DAY).toISOString().slice(0, 10);
  const until = text(waiver, 'until');
  const resource = text(waiver, 'resource');
  const wrong = resource === undefined ? undefined : badResource(resource, control, kinds);
  return [
    ...about(path, 'resource', wrong),
    ...about(
      path,
      'approvedBy',
      asked !== undefined && asked === approved && 'must be another person than requestedBy.',
    ),
    ...about(
      path,
      'until',
      until !== undefined &&
        until > latest &&
        `must be at most ${MOST_DAYS} days from today: write ${latest} or earlier.`,
    ),
  ];
}

function about(path: Path, key: string, problem: string | false | undefined): Complaint[] {
  return problem ? [{ path: [...path, key], at: 'value', problem }] : [];
}

const FORM = 'account#region#kind#id, such as 111122223333#eu-west-1#cluster#payments';

function badResource(resource: string, control: AnyControl | undefined, kinds: readonly AnyKind[]): string | undefined {
  const glob = globOf(resource);
  const parts = keyParts(glob ?? resource);
  if (parts === undefined) return `must be ${FORM}, or glob: and such a key with *; got ${shown(resource)}.`;
  if (glob !== undefined && /[?[\]{}()|^$\\]/.test(glob)) {
    return `only * stands for something in a glob; got ${shown(resource)}.`;
  }
  if (glob === undefined && resource.includes('*')) return `a * needs glob: before the key; got ${shown(resource)}.`;
  const [account, , kind] = parts;
  const isAccount = glob === undefined ? /^\d{12}$/ : /^(?:\d{12}|\d{0,11}\*)$/;
  if (!isAccount.test(account)) return `must begin with an account id of twelve digits; got ${shown(account)}.`;
  return badKind(kind, glob !== undefined, control, kinds);
}

function badKind(
  kind: string,
  isGlob: boolean,
  control: AnyControl | undefined,
  kinds: readonly AnyKind[],
): string | undefined {
  if (isGlob && kind.includes('*')) return undefined;
  const names: readonly string[] = control ? kindsOf(control) : kinds.map((each) => each.kind);
  if (names.includes(kind)) return undefined;
  return kinds.some((each) => each.kind === kind)
    ? `${control?.id} does not judge the kind ${kind}: write ${names.join(' or ')}.`
    : `${shown(kind)} is no kind of resource.${didYouMean(kind, names)}`;
}
