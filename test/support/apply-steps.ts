import { isDeepStrictEqual } from 'node:util';
import type { AnyStep } from '../../shared/controls/define-control.ts';
import type { AnySubject } from '../../shared/evaluation/verdict.ts';
import { merge } from './cloud/audited/account.ts';
import { askedChange } from './cloud/audited/services/eks-changes.ts';

type Subject = AnySubject & { facets: Record<string, unknown> };
type Apply = (subject: Subject, input: Readonly<Record<string, unknown>>) => Subject;

/** What each write does to a subject, as the accounts that tests run against do it; refused requests throw. */
const WRITES: Record<AnyStep['action'], Apply> = {
  'eks:UpdateClusterConfig': (subject, { name, ...asked }) => {
    own(subject, name);
    const { patch } = askedChange(subject as never, asked as never);
    return merge(subject, patch);
  },
  'ecr:SetRepositoryPolicy': (subject, { repositoryName, policyText }) => {
    own(subject, repositoryName);
    return { ...subject, facets: { ...subject.facets, policy: JSON.parse(String(policyText)) } };
  },
  'ecr:DeleteRepositoryPolicy': (subject, { repositoryName }) => {
    own(subject, repositoryName);
    return { ...subject, facets: { ...subject.facets, policy: null } };
  },
};

/** A plan may only name the resource that it was made for. */
function own({ at }: Subject, name: unknown): void {
  if (name !== at.id) throw new Error(`A step names ${String(name)}, but the finding is about ${at.id}.`);
}

/** The subject as a look would find it after these steps. A step that changes nothing throws, as AWS would refuse it. */
export function applied(subject: AnySubject, steps: readonly AnyStep[]): AnySubject {
  return steps.reduce<AnySubject>((now, { action, input }) => {
    const next = WRITES[action](now as Subject, input as object as Readonly<Record<string, unknown>>);
    if (isDeepStrictEqual(next, now)) throw new Error(`${action} changes nothing.`);
    return next;
  }, subject);
}
