/** The account and region that a story plays in, by its `account` as far as that can be read. */
export function homeOf({ account }: { account?: unknown }): { account: string; region: string } {
  const { id, region } = (typeof account === 'object' && account !== null ? account : {}) as Record<string, unknown>;
  return {
    account: typeof id === 'string' ? id : '111122223333',
    region: typeof region === 'string' ? region : 'eu-west-1',
  };
}
