import { render } from "preact";
import { Cart } from "@model/cart";
import { TeaRoom } from "./view/tea-room";
import "./app.css";

const place = document.getElementById("app");
if (!place) {
  throw new Error("the page has no element with the id app");
}
place.textContent = "";
render(<TeaRoom cart={new Cart(sessionStorage)} version={SHOP_VERSION} />, place);
