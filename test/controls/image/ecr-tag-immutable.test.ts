import type { ImageTagMutability } from '@aws-sdk/client-ecr';
import control from '../../../shared/controls/image/ecr-tag-immutable.ts';
import { aRepository } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const excluding = (imageTagMutability: ImageTagMutability, ...filters: string[]) =>
  aRepository({
    imageTagMutability,
    imageTagMutabilityExclusionFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' as const })),
  });

testControl(control, {
  passes: {
    immutable: { subject: aRepository() },
    'immutable but for tags that may move': {
      subject: excluding('IMMUTABLE_WITH_EXCLUSION', 'latest', 'cache-*'),
      params: { allowedMutableTagFilters: ['cache-*', 'latest', 'dev-*'] },
    },
    'mutable, though one prefix of its name is that of a cache': {
      subject: aRepository({ at: { id: 'docker-hub-mirror/nginx' } }),
      params: { cachePrefixes: ['docker-hub'] },
    },
  },

  notApplicable: {
    'filled by a pull-through cache': {
      subject: aRepository({ at: { id: 'docker-hub/library/nginx' }, imageTagMutability: 'MUTABLE' }),
      params: { cachePrefixes: ['quay', 'docker-hub'] },
    },
    'filled by a pull-through cache that is written with a slash': {
      subject: aRepository({ at: { id: 'docker-hub/library/nginx' }, imageTagMutability: 'MUTABLE' }),
      params: { cachePrefixes: ['docker-hub/'] },
    },
  },

  fails: {
    mutable: { subject: aRepository({ imageTagMutability: 'MUTABLE' }), message: 'mutable' },
    'U-01: nothing said, which is mutable': {
      subject: aRepository({ imageTagMutability: undefined }),
      message: 'mutable',
    },
    'mutable, outside the cache': {
      subject: aRepository({ at: { id: 'docker-hub-mirror' }, imageTagMutability: 'MUTABLE' }),
      params: { cachePrefixes: ['docker-hub'] },
      message: 'mutable',
    },
    'mutable but for some tags': {
      subject: excluding('MUTABLE_WITH_EXCLUSION', 'release-*', 'v*'),
      message: 'mutableWithExclusion',
      data: { filters: 'release-*, v*' },
    },
    'mutable but for some tags, which are those that may move': {
      subject: excluding('MUTABLE_WITH_EXCLUSION', 'latest'),
      params: { allowedMutableTagFilters: ['latest'] },
      message: 'mutableWithExclusion',
      data: { filters: 'latest' },
    },
    'immutable but for all tags': {
      subject: excluding('IMMUTABLE_WITH_EXCLUSION', '*'),
      message: 'exclusions',
      data: { filters: '*' },
    },
    'immutable but for one tag too many': {
      subject: excluding('IMMUTABLE_WITH_EXCLUSION', 'latest', 'v*'),
      params: { allowedMutableTagFilters: ['latest'] },
      message: 'exclusions',
      data: { filters: 'v*' },
    },
  },

  unforeseen: {
    'U-05: a mutability that AWS adds later': {
      subject: excluding('IMMUTABLE_FOR_A_WHILE' as ImageTagMutability),
      field: 'imageTagMutability',
    },
    'U-05: the same without filters': {
      subject: aRepository({ imageTagMutability: 'IMMUTABLE_FOR_A_WHILE' as ImageTagMutability }),
      field: 'imageTagMutability',
    },
    'U-01: exclusions that are not in the answer': {
      subject: aRepository({ imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' }),
      field: 'imageTagMutabilityExclusionFilters',
    },
  },
});
