import type { Tea } from "@model/cart";
import { money } from "@model/money";
import styles from "./tea-card.module.css";

interface Properties {
  tea: Tea;
  quantity: number;
  onChange: (count: number) => void;
}

export function TeaCard({ tea, quantity, onChange }: Properties) {
  return (
    <li class={styles.card} data-tea={tea.id}>
      <h2 class={styles.name}>{tea.name}</h2>
      <p>
        from {tea.from}, <b>{money(tea.price)}</b>
      </p>
      <div class={styles.quantity}>
        <button aria-label={`less ${tea.name}`} disabled={quantity === 0} onClick={() => onChange(-1)}>
          −
        </button>
        <span class={styles.count}>{quantity}</span>
        <button aria-label={`more ${tea.name}`} onClick={() => onChange(1)}>
          +
        </button>
      </div>
    </li>
  );
}
