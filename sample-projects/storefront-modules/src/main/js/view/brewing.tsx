import { useEffect, useRef } from "preact/hooks";
import "./brewing.css";

const steps = [
  "Warm the pot with hot water, and pour it away.",
  "One spoon of herbs for each cup.",
  "Water of 90 °C; cover, and wait for seven minutes.",
];

export function Brewing() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="brewing">
      <h2 ref={heading} tabIndex={-1}>
        How to brew it
      </h2>
      <ol>
        {steps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
