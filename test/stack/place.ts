import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
export const CACHE = join(ROOT, '.cache', 'stack');
/** The account that eks-warden stands in, and watches. */
export const OWN = '111122223333';
/** Another one that is watched; it is entered by its role. */
export const MEMBER = '444455556666';
export const REGION = 'eu-west-1';
/** Where IAM's events occur. */
export const IAM_REGION = 'us-east-1';
/** What the other account asks for when its role is assumed. */
export const EXTERNAL_ID = 'known-to-both';
