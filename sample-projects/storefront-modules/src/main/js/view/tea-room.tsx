import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { type Cart, catalogue } from "@model/cart";
import { money } from "@model/money";
import cup from "../images/cup.svg";
import { TeaCard } from "./tea-card";
import styles from "./tea-room.module.css";

interface Properties {
  cart: Cart;
  version: string;
}

export function TeaRoom({ cart, version }: Properties) {
  const [, setChanges] = useState(0);
  const [Brewing, setBrewing] = useState<ComponentType | null>(null);

  async function showBrewing(): Promise<void> {
    // Loaded when somebody wants to read it, and not before.
    const module = await import("./brewing");
    setBrewing(() => module.Brewing);
  }

  return (
    <main class={styles.room}>
      <header class={styles.head}>
        <img class={styles.cup} src={new URL(cup, import.meta.url).href} alt="" width="64" height="64" />
        <h1>Tea room</h1>
      </header>
      <ul class={styles.shelf}>
        {catalogue.map(tea => (
          <TeaCard
            key={tea.id}
            tea={tea}
            quantity={cart.quantity(tea)}
            onChange={count => {
              cart.add(tea, count);
              setChanges(changes => changes + 1);
            }}
          />
        ))}
      </ul>
      <p class={styles.total} aria-live="polite">
        Together: <output id="total">{money(cart.total())}</output>
      </p>
      {Brewing ? <Brewing /> : <button id="brew" onClick={showBrewing}>How to brew it</button>}
      <footer class={styles.foot}>version {version}</footer>
    </main>
  );
}
