import teas from "./teas.json";

export interface Tea {
  id: string;
  name: string;
  from: string;
  price: number;
}

export const catalogue: readonly Tea[] = teas;

/** How many of which tea; it outlives a reload, and ends with the tab. */
export class Cart {
  private readonly quantities: Map<string, number>;

  constructor(private readonly storage: Storage) {
    this.quantities = new Map(Object.entries(JSON.parse(storage.getItem("tea") ?? "{}")));
  }

  quantity(tea: Tea): number {
    return this.quantities.get(tea.id) ?? 0;
  }

  add(tea: Tea, count: number): void {
    const quantity = Math.max(0, this.quantity(tea) + count);
    if (quantity === 0) {
      this.quantities.delete(tea.id);
    } else {
      this.quantities.set(tea.id, quantity);
    }
    this.storage.setItem("tea", JSON.stringify(Object.fromEntries(this.quantities)));
  }

  total(): number {
    return catalogue.reduce((sum, tea) => sum + tea.price * this.quantity(tea), 0);
  }
}
