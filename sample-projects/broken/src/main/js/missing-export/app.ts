import { totl } from "./total.js";

console.log(totl);
