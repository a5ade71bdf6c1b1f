/** What a test's own SDK client needs to reach a local server. */
export const clientOf = (endpoint: string) => ({
  region: 'eu-west-1',
  endpoint,
  credentials: { accessKeyId: '111122223333', secretAccessKey: 'local' },
});
