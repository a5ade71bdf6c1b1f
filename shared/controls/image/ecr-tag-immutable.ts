import { z } from 'zod';
import { repository } from '../../resources/repository.ts';
import { defineControl } from '../define-control.ts';

export default defineControl({
  id: 'ecr-tag-immutable',
  title: 'Image tags are immutable',
  severity: 'medium',
  why: 'Whoever can push may put another image under a tag that is deployed, and nobody sees the difference.',
  howToFix: 'Set the tag mutability of the repository to IMMUTABLE, once no build pushes the same tag twice.',
  references: { securityHub: ['ECR.2'], nist: ['CA-9(1)', 'CM-2', 'CM-8(1)'] },

  resources: [repository],
  needs: [],
  triggers: ['ecr:CreateRepository', 'ecr:PutImageTagMutability'],
  fix: 'approve',
  notJudged: {
    workload: 'Whether production runs images of the repository by tag, which makes it worse, is not known.',
  },

  params: z.object({
    allowedMutableTagFilters: z
      .array(z.string().min(1))
      .default([])
      .describe('Filters of tags that may stay mutable, exactly as the repository has them.'),
    cachePrefixes: z
      .array(z.string().min(1))
      .default([])
      .describe('Prefixes of pull-through caches, whose repositories are left out.'),
  }),

  messages: {
    mutable: 'Every tag of the repository can be moved to another image.',
    mutableWithExclusion: 'All tags can be moved to another image but those that match {filters}.',
    exclusions: 'Tags that match {filters} can be moved to another image.',
  },

  shows: ({ subject }) => subject.imageTagMutability ?? 'MUTABLE',

  evaluate({ subject, params, pass, fail, notApplicable, unforeseen }) {
    const { imageTagMutability = 'MUTABLE', imageTagMutabilityExclusionFilters: filters, at } = subject;
    const cache = params.cachePrefixes.find((prefix) => at.id.startsWith(`${prefix.replace(/\/$/, '')}/`));
    if (cache !== undefined) return notApplicable(`The repository is part of the pull-through cache ${cache}.`);

    if (imageTagMutability === 'MUTABLE') return fail('mutable');
    if (imageTagMutability === 'IMMUTABLE') return pass();
    const isMutable = imageTagMutability === 'MUTABLE_WITH_EXCLUSION';
    if (!isMutable && imageTagMutability !== 'IMMUTABLE_WITH_EXCLUSION') {
      return unforeseen('imageTagMutability', imageTagMutability);
    }
    if (filters === undefined) return unforeseen('imageTagMutabilityExclusionFilters', filters);
    const excluded = filters.map(({ filter = 'a filter without text' }) => filter);
    if (isMutable) return fail('mutableWithExclusion', { filters: excluded.join(', ') });
    const strange = excluded.filter((filter) => !params.allowedMutableTagFilters.includes(filter));
    return strange.length > 0 ? fail('exclusions', { filters: strange.join(', ') }) : pass();
  },
});
