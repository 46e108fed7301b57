import { button, note } from "widgets";
import "widgets/style.css";

let orders = 0;
document.body.append(
  button("Order", () => {
    orders++;
    document.body.append(note(`Order number ${orders}`));
  }),
);
