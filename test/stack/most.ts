/** What the figures may be at most. */
export const MOST = {
  /** Seconds from nothing running to a deployed stack. */
  firstDeploy: 15,
  /** Milliseconds from an event on the bus to its message in the queue of post-to-slack's function. */
  eventToMessage: 100,
};
