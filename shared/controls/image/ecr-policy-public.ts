import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { repository } from '../../resources/repository.ts';
import { defineControl } from '../define-control.ts';
import { leaveOut, publicStatements, setPolicy } from '../repository-policy.ts';
import { matches } from '../wildcard.ts';

export default defineControl({
  id: 'ecr-policy-public',
  title: 'No repository is public by its policy',
  severity: 'critical',
  why: 'Anyone with an AWS account could pull the images, or push ones that clusters then run.',
  howToFix: 'Name the accounts or the organisation in the policy; publish what is meant for everyone in ECR Public.',
  references: { cis: ['5.1.2'] },

  resources: [repository],
  needs: ['policy'],
  triggers: ['ecr:SetRepositoryPolicy', 'ecr:CreateRepository', 'ecr:DeleteRepositoryPolicy'],
  fix: 'auto',

  params: z.object({
    orgId: z
      .string()
      .regex(/^o-[a-z0-9]{10,32}$/)
      .optional()
      .describe('Where set, only a condition on this organisation restricts a statement for everyone.'),
    allowPublicRepos: z
      .array(z.string().min(1))
      .default([])
      .describe('Names of repositories that may be public; * and ? are wildcards.'),
  }),

  messages: {
    public: 'The policy lets anyone in, without a condition that restricts it: {statements}.',
    allButSome: 'The policy lets everyone in but those it names: {statements}.',
  },

  shows: ({ subject, params }) => {
    const { policy } = subject.facets;
    const open = policy === null ? [] : publicStatements(policy, params.orgId);
    return open.length > 0 ? `public: ${open.map(({ name }) => name).join(', ')}` : 'not public';
  },

  evaluate({ subject, params, pass, fail, notApplicable }) {
    const { facets, at } = subject;
    const isMeant = params.allowPublicRepos.some((pattern) => matches(pattern, at.id));
    if (isMeant) return notApplicable('The baseline lets this repository be public.');
    if (facets.policy === null) return pass();

    const open = publicStatements(facets.policy, params.orgId);
    const named = (byExclusion: boolean) =>
      open.filter((each) => each.byExclusion === byExclusion).map(({ name }) => name);
    const [anyone, others] = [named(false), named(true)];
    const fails = [
      ...(anyone.length > 0 ? [fail('public', { statements: anyone.join(', ') })] : []),
      ...(others.length > 0 ? [fail('allButSome', { statements: others.join(', ') })] : []),
    ];
    return fails.length > 0 ? fails : pass();
  },

  remediation: {
    risk: 'Whoever pulls by the removed statements, other accounts among them, is refused from then on.',
    uses: ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'],
    plan({ subject: { at, facets }, params }) {
      const { policy } = facets;
      if (policy === null) return [];
      const places = publicStatements(policy, params.orgId).map(({ place }) => place);
      return places.length > 0 ? [leaveOut(at.id, policy, places)] : [];
    },
    undo({ before: { at, facets }, subject }) {
      const { policy } = facets;
      const isAsBefore = policy === null || isDeepStrictEqual(policy, subject.facets.policy);
      return isAsBefore ? [] : [setPolicy(at.id, policy, 'approve')];
    },
  },
});
