import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { adminContainerOn } from '../../shared/resources/bottlerocket.ts';

const encoded = (text: string) => Buffer.from(text).toString('base64');

it.each([
  ['its own table', '[settings.host-containers.admin]\nenabled = true', true],
  ['a quoted table', '[settings."host-containers".admin]\r\n  enabled=true', true],
  ['a dotted key', 'settings.host-containers.admin.enabled = true # for a day', true],
  ['a dotted key in a table', '[settings]\nhost-containers.admin.enabled = true', true],
  ['an inline table', '[settings.host-containers]\nadmin = { enabled = true, superpowered = true }', true],
  ['off', '[settings.host-containers.admin]\nenabled = false', false],
  ['an inline table that is off', '[settings.host-containers]\nadmin = { enabled = false }', false],
  ['commented out', '[settings.host-containers.admin]\n# enabled = true', false],
  ['another container', '[settings.host-containers.control]\nenabled = true', false],
  ['another table after it', '[settings.host-containers.admin]\n[settings.kubernetes]\nenabled = true', false],
  ['a shell script', '#!/bin/bash\nset -eu\n', false],
])('the admin container in user data: %s', (_, text, on) => {
  expect(adminContainerOn(encoded(text))).toBe(on);
});

it('is off without user data, and unknown where that is compressed or only its hash was kept', () => {
  const compressed = gzipSync('[settings.host-containers.admin]\nenabled = true').toString('base64');
  const all = [undefined, '', 'sha256:0a1b', compressed];
  expect(all.map((userData) => adminContainerOn(userData))).toEqual([false, false, null, null]);
});
