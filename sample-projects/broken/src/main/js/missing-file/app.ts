import { total } from "./totals";

console.log(total);
