/** One id of a framework. Without a control that refers to it, one of the reasons says why. */
export interface Requirement {
  id: string;
  /** What it is about, in our own words. */
  about: string;
  /** Why only a person can judge it. */
  manual?: string;
  /** Why no control judges it yet. */
  later?: string;
}
