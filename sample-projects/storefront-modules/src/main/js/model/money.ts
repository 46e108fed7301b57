const format = new Intl.NumberFormat("uk-UA", { style: "currency", currency: "UAH" });

export function money(hryvnias: number): string {
  return format.format(hryvnias);
}
