export function greeting(place: string): string {
  return `Welcome to the ${place}`;
}
