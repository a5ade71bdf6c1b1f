/** `baseline.yml`, validated and turned into JSON when a function is packaged. */
declare module '*.yml' {
  const data: unknown;
  export default data;
}
