/** The time of day. */
export function clock() {
  return new Date().toLocaleTimeString("uk-UA");
}
