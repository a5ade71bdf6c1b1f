/** All of a list, so many at a time: for what is read beside each other, and no more of it held. */
export function* inParts<T>(all: readonly T[], most: number): Generator<T[]> {
  for (let next = 0; next < all.length; next += most) yield all.slice(next, next + most);
}
